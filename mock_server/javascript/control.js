/** Calls of control, by `node:http` alone: no stubbed `fetch`, DOM or fake timer of a test comes between. */
import { request } from "node:http";
import { request as secureRequest } from "node:https";

import { ControlError, MockServerError } from "./errors.js";

/** Control of one server, for one namespace where one is given. */
export class Control {
  #url;
  /** @type {Record<string, string>} */
  #headers = {};

  /**
   * @param {string} url of the server, without a slash at the end
   * @param {{token?: string | undefined, namespace?: string | undefined}} whose
   */
  constructor(url, { token, namespace }) {
    this.#url = url;
    if (token) this.#headers["Authorization"] = `Bearer ${token}`;
    if (namespace) this.#headers["X-Mock-Namespace"] = namespace;
  }

  /**
   * Sends one call; gives the body of the answer, undefined where it has none.
   *
   * @param {string} method
   * @param {string} path below `/__admin`
   * @param {unknown} [body]
   * @returns {Promise<any>}
   * @throws {ControlError} when control refuses
   * @throws {MockServerError} when nobody answers
   */
  async call(method, path, body) {
    const target = `${this.#url}/__admin${path}`;
    const { status, text } = await this.#send(method, target, body).catch((/** @type {Error} */ error) => {
      throw new MockServerError(`${target}: ${error.message}; is mock-server running there?`, {
        cause: error,
      });
    });
    if (status >= 400) throw new ControlError(`${method} /__admin${path}`, status, parsedProblem(text));
    return text === "" ? undefined : JSON.parse(text);
  }

  /**
   * @param {string} method
   * @param {string} target
   * @param {unknown} body
   * @returns {Promise<{status: number, text: string}>}
   */
  #send(method, target, body) {
    const send = target.startsWith("https:") ? secureRequest : request;
    const headers =
      body === undefined ? this.#headers : { ...this.#headers, "Content-Type": "application/json" };
    return new Promise((resolve, reject) => {
      const sent = send(target, { method, headers, agent: false }, async (answer) => {
        try {
          const chunks = await answer.setEncoding("utf8").toArray();
          resolve({ status: answer.statusCode ?? 0, text: chunks.join("") });
        } catch (error) {
          reject(error);
        }
      });
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** @param {string} text */
function parsedProblem(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 500) };
  }
}
