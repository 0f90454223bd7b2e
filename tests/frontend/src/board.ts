/** What the panel can show of any API. Each file in `apis/` makes one board, and knows its API's types. */

/** A session as people see it. */
export interface Session {
  id: string;
  name: string;
  status: string;
  /** The time that tells it from others of the same name. */
  when: string;
  /** Whether nothing will happen to it any more. */
  over: boolean;
  /** What else is worth knowing, by label. */
  facts: Record<string, string | number>;
}

/** Some sessions, and the way to more of them. */
export interface Page {
  sessions: Session[];
  more?: () => Promise<Page>;
}

/** Something that the user enters; `value` is there already. */
export interface Field {
  name: string;
  label: string;
  value: string;
  type?: "text" | "date" | "number";
}

/** Something to do with a session. */
export interface Action {
  label: string;
  /** The text it needs, if it needs one. */
  asks?: string;
  run(id: string, text: string): Promise<unknown>;
}

/** One API: every function throws what `answer` throws. */
export interface Board {
  title: string;
  about: string;
  list(): Promise<Page>;
  get(id: string): Promise<Session>;
  /** Absent where the API only reads. Returns the id of the new session. */
  create?: { fields: Field[]; run(values: Record<string, string>): Promise<string> };
  actions: Action[];
  /** Absent where nobody may delete. */
  delete?: (id: string) => Promise<unknown>;
}

/** What a board needs to reach its API. */
export type Token = () => string | undefined;
