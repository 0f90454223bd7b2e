import { test as base, expect } from "vitest";
import { mockFixtures } from "session-contracts-mock-server/vitest";

const test = base.extend(mockFixtures);

test("another file uses the same server", async ({ mockServer, sharedMockServer }) => {
  expect(sharedMockServer.url).toBe(process.env.MOCK_SERVER_URL);
  console.log(`server ${sharedMockServer.url}, world ${mockServer.namespace}`);
});
