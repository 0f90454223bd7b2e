/** Vitest: one server for a run, and a fixture for `test.extend` that gives each test a world. */
import { connect, start } from "./index.js";
import { journal } from "./journal.js";

/**
 * @import * as declared from "./vitest.js"
 */

/** @type {typeof declared.startMockServer} */
export function startMockServer(options) {
  return async () => {
    const server = await start(options);
    process.env["MOCK_SERVER_URL"] = server.url; // workers are started later and inherit it
    return () => server.stop();
  };
}

/** @type {typeof declared.mockFixtures} */
export const mockFixtures = {
  sharedMockServer: [
    async ({}, use) => {
      const url = process.env["MOCK_SERVER_URL"];
      const server = url ? await connect(url) : await start();
      await use(server);
      await server.stop();
    },
    { scope: "file" },
  ],

  mockServer: async ({ sharedMockServer, task }, use) => {
    const world = await sharedMockServer.world({ title: task.name });
    await use(world);
    if (task.result?.state === "fail")
      console.error(`mock-server saw:\n${journal(await world.requests.find())}`);
    await world.delete();
  },
};
