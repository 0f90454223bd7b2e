/** Types of what tests use: a running mock-server, and worlds in it, with the words of its control API. */

/** The server at `url`, such as `http://127.0.0.1:8000`. Throws `MockServerError` when nobody answers. */
export function connect(url: string, options?: ConnectOptions): Promise<Server>;

/** Starts `mock-server serve` on a free port. It ends with `stop()`, and in any case with this process. */
export function start(options?: StartOptions): Promise<Server>;

export interface ConnectOptions {
  /** What the server has as `--control-token`; default: the variable MOCK_SERVER_CONTROL_TOKEN. */
  token?: string | undefined;
}

export interface StartOptions {
  /** Which APIs to serve; all of them when left out. */
  apis?: readonly string[] | undefined;
  /** Same seed, same data; 42 when left out. */
  seed?: number | undefined;
  /** More arguments of `mock-server serve`, such as `["--epoch", "2026-07-01T00:00:00Z"]`. */
  options?: readonly string[] | undefined;
  /** How to call it where it is not on the PATH, such as `[".venv/bin/mock-server"]`. */
  command?: readonly string[] | undefined;
}

export interface Server {
  readonly url: string;
  readonly apis: readonly string[];
  /** A new world that begins with the seeded data, or as `WorldOptions` say. */
  world(options?: WorldOptions): Promise<World>;
  /** A well-known credential; the name `owner` is in every API that needs one. Throws `MockServerError`. */
  persona(api: string, name?: string): Persona;
  /** Ends a server that was started here, and leaves one alone that ran already. */
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** What its name should tell people; the end of the name is random, so that no two worlds share one. */
  title?: string | undefined;
  /** Its exact name. A world that has it begins anew. */
  name?: string | undefined;
  /** Other data than the server's. */
  seed?: number | undefined;
  /** Begin where this snapshot was taken. */
  snapshot?: string | undefined;
  /** Begin where the world of this namespace stands now. */
  fork?: string | undefined;
}

export interface World {
  readonly namespace: string;
  /** What leads a request to this world where its URL does not. */
  readonly headers: { readonly "X-Mock-Namespace": string };
  /** The same for a browser, in the form of Playwright's `context.addCookies`. */
  readonly cookie: { readonly name: string; readonly value: string; readonly url: string };
  readonly clock: Clock;
  readonly faults: Faults;
  readonly quotas: Quotas;
  readonly state: State;
  readonly snapshots: Snapshots;
  readonly requests: Requests;
  /** The address of an API in this world, with `path` behind it: `url("viben", "/api/sessions")`. */
  url(api?: string, path?: string): string;
  /** A well-known credential; the name `owner` is in every API that needs one. Throws `MockServerError`. */
  persona(api: string, name?: string): Persona;
  /** Back to the seed: data, clock, faults, quotas, journal. */
  reset(): Promise<void>;
  /** Forgets this world, which may be gone already. */
  delete(): Promise<void>;
  /** This world with its journal, for `mock-server serve --bundle` and `mock-server replay`. */
  bundle(): Promise<Document>;
}

/** JSON whose form is another contract's business. */
export type Document = Record<string, unknown>;

export interface Persona {
  readonly name: string;
  readonly api: string;
  readonly token: string;
  readonly user: string | number;
  readonly organizations: readonly (string | number)[];
  readonly note: string;
  /** What a request of this person carries. */
  readonly headers: { readonly Authorization: string };
}

/** Time in one world. Text is RFC 3339, such as `2026-07-01T09:00:00Z`. */
export interface Clock {
  now(): Promise<Date>;
  /** Stops it, where it stands or at `now`. */
  freeze(now?: Date | string): Promise<void>;
  /** Lets it run on from `now`. */
  set(now: Date | string): Promise<void>;
  advance(seconds: number): Promise<void>;
  /** Back to the machine's time. */
  resume(): Promise<void>;
}

export interface Faults {
  /** The first fault that fits a request strikes it. */
  add(fault: NewFault): Promise<Fault>;
  list(): Promise<Fault[]>;
  remove(id: number): Promise<void>;
  clear(): Promise<void>;
}

export interface NewFault {
  api?: string;
  operation?: string;
  /** How many of the requests, from 0 to 1. */
  probability?: number;
  /** At the most this many. */
  first?: number;
  /** For this many seconds. */
  ttl?: number;
  /** Seconds to wait, or bounds to draw them from. */
  delay?: number | { low: number; high: number };
  status?: number;
  breakage?: Breakage;
}

export type Breakage = "connection_reset" | "empty_response" | "malformed_body" | "truncated_body";

export interface Fault {
  readonly id: number;
  readonly api: string;
  readonly operation: string;
  readonly probability: number;
  readonly first: number | null;
  readonly ttl: number | null;
  readonly delay: { readonly low: number; readonly high: number } | null;
  readonly status: number | null;
  readonly breakage: Breakage | null;
  /** How many requests it was for. */
  readonly seen: number;
  /** How many of them it struck. */
  readonly fired: number;
}

export interface Quotas {
  /** The request that is one too many gets 429. */
  add(quota: NewQuota): Promise<Quota>;
  list(): Promise<Quota[]>;
  remove(id: number): Promise<void>;
  clear(): Promise<void>;
}

export interface NewQuota {
  api?: string;
  operation?: string;
  /** How many requests each caller may send in one window. */
  limit: number;
  /** How long a window is, by the clock of the world. */
  seconds: number;
}

export interface Quota {
  readonly id: number;
  readonly api: string;
  readonly operation: string;
  readonly limit: number;
  readonly seconds: number;
  readonly refused: number;
}

/** The records of one world, past the rules of their API. */
export interface State {
  export(): Promise<ExportedState>;
  /** The world begins anew with these records. */
  load(state: ExportedState): Promise<void>;
  get(api: string, collection: string, key: string): Promise<Document>;
  /** Puts a record in, or changes the members that are given. The contract is kept, or `ControlError`. */
  put(api: string, collection: string, key: string, members: Document): Promise<Document>;
  delete(api: string, collection: string, key: string): Promise<void>;
}

export interface ExportedState {
  format: number;
  seed: number;
  clock: { mode: "system" | "offset" | "frozen"; now?: string; offset?: number };
  counters: Record<string, number>;
  /** By `<api>.<collection>`, then by key. */
  collections: Record<string, Record<string, Document>>;
}

/** A snapshot belongs to the server: every world can begin from it. */
export interface Snapshots {
  take(name: string): Promise<void>;
  /** Brings this world to where the snapshot was taken. */
  restore(name: string): Promise<void>;
  list(): Promise<string[]>;
  delete(name: string): Promise<void>;
}

/** The journal of one world. */
export interface Requests {
  /** The latest 1,000 that meet every criterion, newest first; without criteria all. */
  find(criteria?: Criteria): Promise<RequestSummary[]>;
  count(criteria?: Criteria): Promise<number>;
  /** Requests that no operation answers, each with the operations it is most like. */
  unmatched(): Promise<(RequestSummary & { near_misses: NearMiss[] })[]>;
  /** Why the answer was what it was; `id` is also in the header X-Mock-Request-Id. */
  explain(id: string): Promise<RequestSummary & Document>;
  /** Throws `CallsNotMade` unless each call was made: at least once, or as often as it says. */
  verify(calls: ExpectedCall[], how?: { inOrder?: boolean }): Promise<void>;
  clear(): Promise<void>;
}

export interface Criteria {
  api?: string;
  /** The operationId. */
  operation?: string;
  method?: string;
  /** Behind the prefix of the API; `*` stands for any characters. */
  path?: string;
  status?: number;
  /** The name of a persona. */
  caller?: string;
  /** The id of a request; only later ones count. */
  after?: string;
  /** The body, or some of its members. */
  body?: unknown;
}

export interface ExpectedCall extends Criteria {
  exactly?: number;
  atLeast?: number;
  atMost?: number;
}

export interface RequestSummary {
  readonly id: string;
  readonly namespace: string;
  readonly at: string;
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly api: string;
  /** The operationId, empty where none has this path and method. */
  readonly operation: string;
  /** The persona whose credentials were sent, empty for none. */
  readonly caller: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface NearMiss {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly likeness: number;
  readonly reason: string;
}

/** The mock cannot be reached or started, or has no such API or persona. The message says what to do. */
export class MockServerError extends Error {}

/** Control refused a call. */
export class ControlError extends MockServerError {
  readonly status: number;
  readonly problem: Document;
}

/** `verify` found calls missing, too many, or out of order. The message has the requests that were made. */
export class CallsNotMade extends Error {}
