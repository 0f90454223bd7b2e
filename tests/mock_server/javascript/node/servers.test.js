/** Servers in the hands of a test: found, started, ended. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { MockServerError, connect, start } from "session-contracts-mock-server";

let server;

before(async () => {
  process.env.MOCK_SERVER_STATE = "/no/such/folder/state"; // of the shell, and not for servers of tests
  server = await start({
    apis: ["deepworkzone"],
    command: ["mock-server"],
    seed: 7,
    options: ["--epoch", "2026-03-01T00:00:00Z"],
  });
});
after(() => server.stop());

const answers = (url) =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Returns once nobody answers; the runner's time limit fails a server that stays. */
async function assertEnds(url) {
  while (await answers(url)) await new Promise((resolve) => setTimeout(resolve, 50));
}

test("a started server has the APIs and the seed asked for", async () => {
  const world = await server.world();

  assert.deepEqual(server.apis, ["deepworkzone"]);
  assert.equal((await world.state.export()).seed, 7);
  await world.delete();
});

test("personas carry their credential, and the owner is meant when nobody is named", async () => {
  const world = await server.world();
  const sessions = world.url("deepworkzone", "/api/v1/sessions");

  assert.equal((await fetch(sessions)).status, 401);
  assert.equal((await fetch(sessions, { headers: world.persona("deepworkzone").headers })).status, 200);
  assert.equal(world.persona("deepworkzone", "member").name, "member");
  assert.throws(
    () => world.persona("deepworkzone", "boss"),
    /no persona "boss" of "deepworkzone"; there are owner, /,
  );
  await world.delete();
});

test("a server that was found is left alone", async () => {
  await (await connect(`${server.url}/`)).stop();

  assert.ok(await answers(server.url));
});

test("a server ends with its program however that ends", async () => {
  const code = `
    import { start } from "session-contracts-mock-server";
    const server = await start({ apis: ["viben"] });
    console.log(server.url);
    if (process.argv[1] === "kill") process.kill(process.pid, "SIGKILL");`;
  for (const how of ["kill", "forget"]) {
    const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code, "--", how]);
    const { stdout } = await run.catch((killed) => killed);
    await assertEnds(stdout.trim());
  }
});

test("nobody there, and no such program, are told with what to do", async () => {
  await assert.rejects(connect("http://127.0.0.1:9"), (error) => error instanceof MockServerError);
  await assert.rejects(connect("http://127.0.0.1:9"), /127.0.0.1:9.*is mock-server running there/);
  await assert.rejects(
    start({ command: ["no-such-program"] }),
    /cannot start no-such-program: .*install session-contracts/,
  );
});

test("a server that cannot start says so", async () => {
  await assert.rejects(start({ apis: ["vibes"] }), /ended before it was ready/);
});
