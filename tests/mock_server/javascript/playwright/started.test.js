import { test as base, expect } from "@playwright/test";
import { mockFixtures } from "session-contracts-mock-server/playwright";

const test = base.extend(mockFixtures);
test.use({ mockServerUrl: "", mockServerOptions: { apis: ["viben"], seed: 7 } });

test("a server of the worker's own", async ({ page, mockServer, sharedMockServer }) => {
  expect(sharedMockServer.url).not.toBe(process.env.MOCK_SERVER_URL);
  expect((await mockServer.state.export()).seed).toBe(7);
  await page.goto(mockServer.url("viben", "/docs"));
  await expect(page).toHaveTitle(/Viben/);
});
