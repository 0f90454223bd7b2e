/** Worlds in the hands of a test: control, which needs a token here, is called, and the API shows it. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { CallsNotMade, ControlError, connect } from "session-contracts-mock-server";

const SEEDED = "session-abc123";
let server, world;

before(async () => (server = await connect(process.env.MOCK_SERVER_URL)));
after(() => server.stop());
beforeEach(async (context) => (world = await server.world({ title: context.name })));
afterEach(() => world.delete());

const sessions = (path = "", options = {}, of = world) =>
  fetch(of.url("viben", `/api/sessions${path}`), options);
const create = () =>
  sessions("", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"agent_id": "CLAUDE_CODE"}',
  });
const remove = () => sessions(`/${SEEDED}`, { method: "DELETE" });

test("url, headers and cookie lead to the same world", async () => {
  const listing = `${server.url}/viben/api/sessions`;
  const cookie = `${world.cookie.name}=${world.cookie.value}`;
  const answers = [
    await sessions(),
    await fetch(listing, { headers: world.headers }),
    await fetch(listing, { headers: { cookie } }),
  ];

  assert.deepEqual(
    answers.map((each) => each.headers.get("X-Mock-Namespace")),
    Array(3).fill(world.namespace),
  );
  assert.match(world.namespace, /^url-headers-and-cookie-lead-to-the-same-world-[0-9a-f]{8}$/);
});

test("the root is the server in this world", async () => {
  const { headers } = await fetch(`${world.url()}/viben/api/sessions`);

  assert.equal(headers.get("X-Mock-Namespace"), world.namespace);
});

test("no two worlds of one title meet", async () => {
  await remove();
  const other = await server.world({ title: "no two worlds of one title meet" });

  assert.equal((await sessions(`/${SEEDED}`, {}, other)).status, 200);
  assert.equal((await sessions(`/${SEEDED}`)).status, 404);
  await other.delete();
});

test("a world may have an exact name and another seed", async () => {
  const alice = await server.world({ name: "alice", seed: 7 });

  assert.equal((await alice.state.export()).seed, 7);
  await alice.delete();
});

test("the clock freezes, advances and resumes", async () => {
  await world.clock.freeze(new Date("2026-07-01T09:00:00Z"));
  await world.clock.advance(86_400);
  assert.equal((await (await create()).json()).created_at, "2026-07-02T09:00:00Z");
  await world.clock.freeze();
  assert.equal((await world.clock.now()).toISOString(), "2026-07-02T09:00:00.000Z");
  await world.clock.set("2030-01-01T00:00:00Z");
  assert.equal((await world.clock.now()).getUTCFullYear(), 2030);
  await world.clock.resume();
  assert.notEqual((await world.clock.now()).getUTCFullYear(), 2030);
});

test("a fault strikes until it is removed", async () => {
  const fault = await world.faults.add({ operation: "list_sessions", status: 503, first: 2 });
  const struck = [(await sessions()).status, (await sessions()).status, (await sessions()).status];
  const [listed] = await world.faults.list();

  assert.deepEqual(struck, [503, 503, 200]);
  assert.deepEqual([listed.id, listed.first, listed.fired], [fault.id, 2, 2]);
  await world.faults.remove(fault.id);
  assert.deepEqual(await world.faults.list(), []);
});

test("an answer may break", async () => {
  await world.faults.add({ breakage: "connection_reset", delay: { low: 0, high: 0.001 } });
  await assert.rejects(sessions(), TypeError);
  await world.faults.clear();
  assert.equal((await sessions()).status, 200);
});

test("a quota refuses what is too many", async () => {
  const quota = await world.quotas.add({ limit: 1, seconds: 60, operation: "list_sessions" });
  assert.deepEqual([(await sessions()).status, (await sessions()).status], [200, 429]);
  assert.equal((await world.quotas.list())[0].refused, 1);
  await world.quotas.remove(quota.id);
  await world.quotas.add({ limit: 0, seconds: 60 });
  await world.quotas.clear();
  assert.equal((await sessions()).status, 200);
});

test("records are put, read and taken out", async () => {
  const shown = await (await sessions(`/${SEEDED}`)).json();
  const record = { ...shown, id: "session-00000001" };
  await world.state.put("viben", "sessions", record.id, record);
  await world.state.delete("viben", "sessions", SEEDED);

  assert.deepEqual(await (await sessions(`/${record.id}`)).json(), record);
  assert.equal((await world.state.get("viben", "sessions", record.id)).id, record.id);
  assert.equal((await sessions(`/${SEEDED}`)).status, 404);
});

test("a record that breaks the contract is refused with the reason", async () => {
  await assert.rejects(world.state.put("viben", "sessions", SEEDED, { status: "asleep" }), (error) => {
    assert.ok(error instanceof ControlError);
    assert.deepEqual([error.status, error.problem.status], [400, 400]);
    assert.match(
      error.message,
      /^PUT \/__admin\/state\/viben\/sessions\/session-abc123: 400 Bad Request: status/,
    );
    return true;
  });
});

test("state moves from one world to another", async () => {
  await remove();
  const other = await server.world();
  await other.state.load(await world.state.export());

  assert.equal((await sessions(`/${SEEDED}`, {}, other)).status, 404);
  await other.delete();
});

test("a snapshot brings a world back and begins others", async () => {
  const name = world.namespace;
  await world.snapshots.take(name);
  await remove();
  const other = await server.world({ snapshot: name });
  await world.snapshots.restore(name);

  assert.equal((await sessions(`/${SEEDED}`, {}, other)).status, 200);
  assert.equal((await sessions(`/${SEEDED}`)).status, 200);
  assert.ok((await world.snapshots.list()).includes(name));
  await world.snapshots.delete(name);
  assert.ok(!(await world.snapshots.list()).includes(name));
  await other.delete();
});

test("a fork begins where another world stands", async () => {
  await remove();
  const other = await server.world({ fork: world.namespace });

  assert.equal((await sessions(`/${SEEDED}`, {}, other)).status, 404);
  await other.delete();
});

test("requests are found, counted and explained", async () => {
  const created = await create();
  await fetch(world.url("viben", "/api/sessionz"));
  const [found] = await world.requests.find({
    operation: "create_session",
    body: { agent_id: "CLAUDE_CODE" },
  });

  assert.deepEqual([found.status, found.id], [201, created.headers.get("X-Mock-Request-Id")]);
  assert.deepEqual([await world.requests.count({ status: 404 }), await world.requests.count()], [1, 2]);
  assert.equal((await world.requests.unmatched())[0].near_misses[0].operation, "list_sessions");
  assert.equal((await world.requests.explain(found.id)).answered_by.kind, "operation");
  await world.requests.clear();
  assert.deepEqual(await world.requests.find(), []);
});

test("calls that were made are verified", async () => {
  await create();
  await sessions();

  await world.requests.verify(
    [
      { operation: "create_session", exactly: 1 },
      { method: "GET", atMost: 1 },
    ],
    { inOrder: true },
  );
});

test("calls that were not made are told with those that were", async () => {
  await create();

  await assert.rejects(
    world.requests.verify([{ operation: "create_session" }, { operation: "get_session", atLeast: 2 }]),
    (error) => {
      assert.ok(error instanceof CallsNotMade);
      assert.match(error.message, /\n {2}\{"operation":"get_session","atLeast":2\}: came 0 times/);
      assert.match(error.message, /POST \S+\/viben\/api\/sessions -> 201 create_session$/);
      return true;
    },
  );
});

test("reset goes back to the seed", async () => {
  await remove();
  await world.faults.add({ status: 500 });
  await world.reset();

  assert.equal((await sessions(`/${SEEDED}`)).status, 200);
});

test("a bundle has the requests of this world", async () => {
  await create();

  const bundle = await world.bundle();
  assert.deepEqual([bundle.namespace, bundle.requests.length], [world.namespace, 1]);
});

test("unknown names are told with those that there are", () => {
  assert.throws(() => world.url("vibes"), /no API "vibes"; this server has viben/);
  assert.throws(
    () => world.persona("viben"),
    /no persona "owner" of "viben"; there are none: it needs no credentials/,
  );
});

test("a world may be deleted twice", async () => {
  await world.delete();
  await world.delete();
});

test("a wrong token is refused", async () => {
  await assert.rejects(connect(server.url, { token: "wrong" }), (error) => error.status === 401);
});

test("a fetch that a test has replaced is not used", async (context) => {
  context.mock.method(globalThis, "fetch", () => assert.fail("control was called by fetch"));

  assert.equal(await world.requests.count(), 0);
});
