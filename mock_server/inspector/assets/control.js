/** Calls of control, in the namespace that the page shows, with the token where one is needed. */

const TOKEN = "mock-server-control-token";

/** What control refused (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `status ${status}`);
    this.status = status;
    this.pointer = body.errors?.[0]?.pointer ?? "";
  }
}

/** Control of one mock server. `askForToken` resolves to a token, or to null when nobody gave one. */
export class Control {
  #askForToken;
  #asking = null;

  constructor(location, askForToken) {
    const [, root, named] = location.pathname.match(/^(.*?)(?:\/~([^/]+))?\/__admin\//);
    this.root = root;
    this.origin = location.origin;
    this.namespace = named === undefined ? "default" : decodeURIComponent(named);
    this.#askForToken = askForToken;
  }

  /** Where the page of a namespace is. */
  page(namespace) {
    return `${this.prefix(namespace)}/__admin/`;
  }

  /** What stands in front of a path that is meant for a namespace. */
  prefix(namespace = this.namespace) {
    return namespace === "default" ? this.root : `${this.root}/~${encodeURIComponent(namespace)}`;
  }

  get(path, namespace) {
    return this.#call("GET", path, undefined, namespace);
  }

  post(path, body, namespace) {
    return this.#call("POST", path, body, namespace);
  }

  put(path, body) {
    return this.#call("PUT", path, body);
  }

  delete(path, namespace) {
    return this.#call("DELETE", path, undefined, namespace);
  }

  /** The answer to a request whose body is read as it comes. */
  async open(path, headers, signal) {
    return this.#checked(() => this.#send("GET", path, { headers, signal, namespace: "default" }));
  }

  async #call(method, path, body, namespace) {
    const answer = await this.#checked(() => this.#send(method, path, { body, namespace }));
    return answer.status === 204 ? null : answer.json();
  }

  async #checked(send) {
    let answer = await send();
    while (answer.status === 401 && (await this.#ask())) answer = await send();
    if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
    return answer;
  }

  #send(method, path, { body, headers = {}, signal, namespace = this.namespace }) {
    const url = `${this.root}/~${encodeURIComponent(namespace)}/__admin${path}`;
    const sent = { ...headers };
    const token = sessionStorage.getItem(TOKEN);
    if (token) sent.Authorization = `Bearer ${token}`;
    if (body !== undefined) sent["Content-Type"] = "application/json";
    const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    return fetch(url, { method, headers: sent, body: text, signal, cache: "no-store" });
  }

  // Calls that are refused at the same time ask once.
  async #ask() {
    this.#asking ??= this.#askForToken().finally(() => {
      this.#asking = null;
    });
    const token = await this.#asking;
    if (token !== null) sessionStorage.setItem(TOKEN, token);
    return token !== null;
  }
}
