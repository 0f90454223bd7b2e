/** A server: one that runs already, or one that is started for the tests and ends with them. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { Control } from "./control.js";
import { MockServerError } from "./errors.js";
import { World } from "./world.js";

/**
 * @import * as declared from "./index.js"
 * @import { ChildProcess } from "node:child_process"
 * @import { Socket } from "node:net"
 */

const LONGEST_NAME = 64; // of a namespace

/** @implements {declared.Server} */
class Server {
  #token;
  #personas;
  #stop;

  /**
   * @param {string} url
   * @param {string | undefined} token
   * @param {string[]} apis
   * @param {declared.Persona[]} personas
   * @param {() => Promise<void>} stop
   */
  constructor(url, token, apis, personas, stop) {
    this.url = url;
    this.apis = apis;
    this.#token = token;
    this.#personas = personas;
    this.#stop = stop;
  }

  /** @param {declared.WorldOptions} [options] */
  async world({ title = "world", name = namespaceFor(title), seed, snapshot, fork } = {}) {
    const control = new Control(this.url, { token: this.#token });
    await control.call("POST", "/namespaces", { name, seed, snapshot, fork });
    return new World(this, name, new Control(this.url, { token: this.#token, namespace: name }));
  }

  /**
   * @param {string} api
   * @param {string} [name]
   */
  persona(api, name = "owner") {
    const there = this.#personas.filter((each) => each.api === api);
    const found = there.find((each) => each.name === name);
    if (found) return found;
    const names =
      there.map((each) => each.name).join(", ") || "none: it needs no credentials, or is not served";
    throw new MockServerError(`there is no persona "${name}" of "${api}"; there are ${names}`);
  }

  stop() {
    return this.#stop();
  }
}

/**
 * @param {string} url
 * @param {declared.ConnectOptions} [options]
 * @returns {Promise<declared.Server>}
 */
export function connect(url, { token = process.env["MOCK_SERVER_CONTROL_TOKEN"] } = {}) {
  return connected(url, token, async () => {});
}

/**
 * @param {declared.StartOptions} [options]
 * @returns {Promise<declared.Server>}
 */
export async function start({ apis = [], seed, options = [], command = ["mock-server"] } = {}) {
  const [program = "mock-server", ...first] = command;
  const seeded = seed === undefined ? [] : ["--seed", String(seed)];
  const serve = [...first, "serve", ...apis, ...seeded, ...options, "--port", "0", "--until-eof"];
  // The pipe to its standard input is what it lives by: however this process ends, the server ends, too. Ctrl-C
  // is not for it (`detached`), so that tests can still tidy up.
  const child = spawn(program, serve, {
    stdio: ["pipe", "pipe", "inherit"],
    env: environment(),
    detached: true,
  });
  const stop = () => ended(child);
  try {
    const server = await connected(await announced(child, program), undefined, stop);
    release(child);
    return server;
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} given
 * @param {string | undefined} token
 * @param {() => Promise<void>} stop
 */
async function connected(given, token, stop) {
  const url = given.replace(/\/+$/, "");
  const control = new Control(url, { token });
  const { apis } = await control.call("GET", "/health");
  const { personas } = await control.call("GET", "/personas");
  return new Server(url, token, apis, personas.map(withHeaders), stop);
}

/** @param {Omit<declared.Persona, "headers">} persona */
function withHeaders(persona) {
  return { ...persona, headers: { Authorization: `Bearer ${persona.token}` } };
}

/** Settings of the shell are not for a server of tests: runs would differ, or share a state file. */
function environment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("MOCK_SERVER_"));
  return Object.fromEntries(kept);
}

/**
 * The base URL, once the server has printed `ready`.
 *
 * @param {ChildProcess} child
 * @param {string} program
 * @returns {Promise<string>}
 */
async function announced(child, program) {
  const failed = once(child, "error").then(([error]) => {
    throw new MockServerError(
      `cannot start ${program}: ${error.message}; install session-contracts and activate its environment,` +
        ' or say where it is: start({ command: [".venv/bin/mock-server"] })',
    );
  });
  return Promise.race([failed, announcement(child)]);
}

/** @param {ChildProcess} child */
async function announcement(child) {
  let url = "";
  for await (const line of createInterface({ input: /** @type {any} */ (child.stdout) })) {
    if (line === "ready") return url;
    url ||= new URL(line.split(/\s+/)[1] ?? "").origin;
  }
  throw new MockServerError("mock-server ended before it was ready; what it said is above");
}

/**
 * Lets this process end although the server runs.
 *
 * @param {ChildProcess} child
 */
function release(child) {
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) /** @type {Socket} */ (pipe).unref();
}

/** @param {ChildProcess} child */
async function ended(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.ref(); // or this process might not wait
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

/**
 * A namespace that tells people whose it is, and that nobody else has.
 *
 * @param {string} title
 */
function namespaceFor(title) {
  const end = randomUUID().slice(0, 8);
  const words = title.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^-+|-+$/g, "");
  return `${words.slice(0, LONGEST_NAME - end.length - 1)}-${end}`;
}
