/** What a call comes to: the data, or what went wrong in words for people. */

/** The server answered, and said no. */
export class Refused extends Error {
  readonly status: number;
  /** After how many seconds the server wants to be asked again, if it says so. */
  readonly retryAfter: number | undefined;
  /** Where the mock explains this answer; other servers have no such page. */
  readonly explanation: string | undefined;

  constructor(message: string, { status, headers, url }: Response) {
    super(message);
    this.status = status;
    this.retryAfter = Number(headers.get("Retry-After")) || undefined;
    const explanation = headers.get("X-Mock-Explanation");
    this.explanation = explanation ? new URL(explanation, url).href : undefined;
  }

  /** Whether asking again can help. */
  get passes(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** No answer came, or none that can be read. */
export class NoAnswer extends Error {}

type Outcome<Data, Body> = { response: Response } & ({ data: Data; error?: never } | { data?: never; error: Body });

/**
 * The data of a call of openapi-fetch. `words` says what the vendor's error body means.
 *
 * Throws `Refused` for an error, and `NoAnswer` when the network or the body is broken.
 */
export async function answer<Data, Body>(
  call: Promise<Outcome<Data, Body>>,
  words: (body: Body) => string,
): Promise<Data> {
  const { data, error, response } = await call.catch(unreadable);
  if (response.ok) return data as Data;
  throw new Refused(isVendors(error, response) ? words(error) : otherWords(error, response), response);
}

function unreadable(cause: unknown): never {
  const broken = cause instanceof SyntaxError;
  throw new NoAnswer(broken ? "The answer is not JSON." : "No answer came, or it broke off.", { cause });
}

/** Gateways, and the mock where a fault is injected, have error bodies of their own. */
function isVendors<Body>(body: Body | undefined, response: Response): body is Body {
  const type = response.headers.get("Content-Type") ?? "";
  return typeof body === "object" && type.startsWith("application/json");
}

function otherWords(body: unknown, { status, statusText }: Response): string {
  const problem = (typeof body === "object" ? body : null) as { title?: string; detail?: string } | null; // RFC 9457
  return problem?.detail ?? problem?.title ?? (statusText || `HTTP ${status}`);
}
