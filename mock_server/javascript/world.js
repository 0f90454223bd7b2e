/** A world: what one namespace of a server owns, and what a test does to it through control. */
import { Control } from "./control.js";
import { CallsNotMade, MockServerError } from "./errors.js";
import { journal } from "./journal.js";

/**
 * @import * as declared from "./index.js"
 */

/** @implements {declared.World} */
export class World {
  #server;
  #control;

  /**
   * @param {declared.Server} server
   * @param {string} namespace
   * @param {Control} control for this namespace
   */
  constructor(server, namespace, control) {
    this.#server = server;
    this.#control = control;
    this.namespace = namespace;
    this.headers = { "X-Mock-Namespace": namespace };
    this.cookie = { name: "mock_namespace", value: namespace, url: server.url };
    this.clock = new Clock(control);
    this.faults = new Faults(control);
    this.quotas = new Quotas(control);
    this.state = new State(control);
    this.snapshots = new Snapshots(control);
    this.requests = new Requests(control);
  }

  url(api = "", path = "") {
    const root = `${this.#server.url}/~${this.namespace}`;
    if (api === "") return root + path;
    if (!this.#server.apis.includes(api)) {
      throw new MockServerError(`there is no API "${api}"; this server has ${this.#server.apis.join(", ")}`);
    }
    return `${root}/${api}${path}`;
  }

  /**
   * @param {string} api
   * @param {string} [name]
   */
  persona(api, name = "owner") {
    return this.#server.persona(api, name);
  }

  async reset() {
    await this.#control.call("POST", "/reset");
  }

  async delete() {
    await this.#control.call("DELETE", `/namespaces/${this.namespace}`).catch((error) => {
      if (error.status !== 404) throw error;
    });
  }

  bundle() {
    return this.#control.call("GET", "/bundle");
  }
}

/** What is said through the control of one world. */
class Part {
  /** @param {Control} control */
  constructor(control) {
    this.control = control;
  }
}

/** @implements {declared.Clock} */
class Clock extends Part {
  async now() {
    return new Date((await this.control.call("GET", "/clock")).now);
  }

  /** @param {Date | string} [now] */
  async freeze(now) {
    await this.control.call("PUT", "/clock", { mode: "frozen", ...(now && { now: instant(now) }) });
  }

  /** @param {Date | string} now */
  async set(now) {
    await this.control.call("PUT", "/clock", { mode: "offset", now: instant(now) });
  }

  /** @param {number} seconds */
  async advance(seconds) {
    await this.control.call("POST", "/clock/advance", { seconds });
  }

  async resume() {
    await this.control.call("PUT", "/clock", { mode: "system" });
  }
}

/** @implements {declared.Faults} */
class Faults extends Part {
  /**
   * @param {declared.NewFault} fault
   * @returns {Promise<declared.Fault>}
   */
  add(fault) {
    return this.control.call("POST", "/faults", fault);
  }

  /** @returns {Promise<declared.Fault[]>} */
  async list() {
    return (await this.control.call("GET", "/faults")).faults;
  }

  /** @param {number} id */
  async remove(id) {
    await this.control.call("DELETE", `/faults/${id}`);
  }

  async clear() {
    await this.control.call("DELETE", "/faults");
  }
}

/** @implements {declared.Quotas} */
class Quotas extends Part {
  /**
   * @param {declared.NewQuota} quota
   * @returns {Promise<declared.Quota>}
   */
  add(quota) {
    return this.control.call("POST", "/quotas", quota);
  }

  /** @returns {Promise<declared.Quota[]>} */
  async list() {
    return (await this.control.call("GET", "/quotas")).quotas;
  }

  /** @param {number} id */
  async remove(id) {
    await this.control.call("DELETE", `/quotas/${id}`);
  }

  async clear() {
    await this.control.call("DELETE", "/quotas");
  }
}

/** @implements {declared.State} */
class State extends Part {
  export() {
    return this.control.call("GET", "/state");
  }

  /** @param {declared.ExportedState} state */
  async load(state) {
    await this.control.call("PUT", "/state", state);
  }

  /**
   * @param {string} api
   * @param {string} collection
   * @param {string} key
   */
  get(api, collection, key) {
    return this.control.call("GET", recordPath(api, collection, key));
  }

  /**
   * @param {string} api
   * @param {string} collection
   * @param {string} key
   * @param {declared.Document} members
   */
  put(api, collection, key, members) {
    return this.control.call("PUT", recordPath(api, collection, key), members);
  }

  /**
   * @param {string} api
   * @param {string} collection
   * @param {string} key
   */
  async delete(api, collection, key) {
    await this.control.call("DELETE", recordPath(api, collection, key));
  }
}

/** @implements {declared.Snapshots} */
class Snapshots extends Part {
  /** @param {string} name */
  async take(name) {
    await this.control.call("POST", "/snapshots", { name });
  }

  /** @param {string} name */
  async restore(name) {
    await this.control.call("POST", `/snapshots/${encodeURIComponent(name)}/restore`);
  }

  /** @returns {Promise<string[]>} */
  async list() {
    const { snapshots } = await this.control.call("GET", "/snapshots");
    return snapshots.map((/** @type {{name: string}} */ each) => each.name);
  }

  /** @param {string} name */
  async delete(name) {
    await this.control.call("DELETE", `/snapshots/${encodeURIComponent(name)}`);
  }
}

/** @implements {declared.Requests} */
class Requests extends Part {
  /** @param {declared.Criteria} [criteria] */
  async find(criteria = {}) {
    return (await this.control.call("POST", "/requests/find?limit=1000", criteria)).requests;
  }

  /** @param {declared.Criteria} [criteria] */
  async count(criteria = {}) {
    return (await this.control.call("POST", "/requests/count", criteria)).count;
  }

  async unmatched() {
    return (await this.control.call("GET", "/requests/unmatched?limit=1000")).requests;
  }

  /** @param {string} id */
  explain(id) {
    return this.control.call("GET", `/requests/${encodeURIComponent(id)}`);
  }

  async clear() {
    await this.control.call("DELETE", "/requests");
  }

  /**
   * @param {declared.ExpectedCall[]} calls
   * @param {{inOrder?: boolean}} [how]
   */
  async verify(calls, { inOrder = false } = {}) {
    const body = { calls: calls.map(expectation), in_order: inOrder };
    const { verified, calls: verdicts } = await this.control.call("POST", "/requests/verify", body);
    if (verified) return;
    throw new CallsNotMade(complaint(calls, verdicts, journal(await this.find())));
  }
}

/** @param {Date | string} moment */
function instant(moment) {
  return moment instanceof Date ? moment.toISOString() : moment;
}

/** @param {string[]} parts */
function recordPath(...parts) {
  return `/state/${parts.map(encodeURIComponent).join("/")}`;
}

/** @param {declared.ExpectedCall} call */
function expectation({ exactly, atLeast, atMost, ...match }) {
  const times = { exactly, at_least: atLeast, at_most: atMost };
  const isSaid = Object.values(times).some((each) => each !== undefined);
  return { match, ...(isSaid && { times }) };
}

/**
 * @param {declared.ExpectedCall[]} calls
 * @param {{holds: boolean, reason: string}[]} verdicts
 * @param {string} made what the journal has
 */
function complaint(calls, verdicts, made) {
  const broken = verdicts.flatMap(({ holds, reason }, place) =>
    holds ? [] : [`  ${JSON.stringify(calls[place])}: ${reason}`],
  );
  return ["calls are not as expected:", ...broken, "this world has seen:", made].join("\n");
}
