/**
 * Fixtures for `test.extend` of @playwright/test: a world for each test, where its pages' requests land.
 *
 * Nothing of Playwright is imported: `test` stays the one that the project has.
 */
import { connect, start } from "./index.js";
import { journal } from "./journal.js";

/**
 * @import * as declared from "./playwright.js"
 * @import { World } from "./index.js"
 */

/** @type {typeof declared.mockFixtures} */
export const mockFixtures = {
  mockServerUrl: [process.env["MOCK_SERVER_URL"], { option: true, scope: "worker" }],
  mockServerOptions: [{}, { option: true, scope: "worker" }],
  mockNamespaceBy: ["header", { option: true }],

  sharedMockServer: [
    async ({ mockServerUrl, mockServerOptions }, use) => {
      const server = mockServerUrl ? await connect(mockServerUrl) : await start(mockServerOptions);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  mockServer: async ({ sharedMockServer }, use, testInfo) => {
    const world = await sharedMockServer.world({ title: testInfo.title });
    await use(world);
    if (testInfo.status !== testInfo.expectedStatus) await attach(world, testInfo);
    await world.delete();
  },

  context: async ({ context, mockServer, mockNamespaceBy }, use) => {
    await context.addCookies(
      hostsOf(mockServer).map((host) => ({ ...mockServer.cookie, url: `http://${host}` })),
    );
    if (mockNamespaceBy === "header") await addHeader(context, mockServer);
    await use(context);
  },
};

/**
 * Adds the header behind the page's back, where it causes no preflight and no page can forget it.
 *
 * @param {declared.ContextLike} context
 * @param {World} world
 */
async function addHeader(context, world) {
  const hosts = hostsOf(world);
  const isMeant = (/** @type {URL} */ { hostname }) =>
    hosts.includes(hostname) || hostname.endsWith(".localhost");
  await context.route(isMeant, (route) =>
    route.fallback({ headers: { ...route.request().headers(), "x-mock-namespace": world.namespace } }),
  );
}

/**
 * Where requests go to the mock, directly or through the proxy of a development server on this machine.
 *
 * @param {World} world
 */
function hostsOf(world) {
  return [...new Set([new URL(world.url()).hostname, "localhost", "127.0.0.1"])];
}

/**
 * Puts into the report what the mock saw, and a bundle that brings it all back.
 *
 * @param {World} world
 * @param {declared.TestInfoLike} testInfo
 */
async function attach(world, testInfo) {
  const bundle = JSON.stringify(await world.bundle());
  await testInfo.attach("mock-server requests", {
    body: journal(await world.requests.find()),
    contentType: "text/plain",
  });
  await testInfo.attach("mock-server bundle", { body: bundle, contentType: "application/json" });
}
