import { test as base, expect } from "vitest";
import { mockFixtures } from "session-contracts-mock-server/vitest";

const test = base.extend(mockFixtures);
const sessions = (world, path = "", options = {}) =>
  fetch(world.url("viben", `/api/sessions${path}`), options);

for (const turn of [1, 2, 3]) {
  test.concurrent(`each begins with the seed ${turn}`, async ({ mockServer }) => {
    const before = (await (await sessions(mockServer)).json()).sessions.length;
    await sessions(mockServer, "/session-abc123", { method: "DELETE" });

    expect((await (await sessions(mockServer)).json()).sessions).toHaveLength(before - 1);
    expect(mockServer.namespace).toContain(`each-begins-with-the-seed-${turn}-`);
  });
}

test("timers of the test's own do not stop control", async ({ mockServer }) => {
  const { vi } = await import("vitest");
  vi.useFakeTimers();
  await mockServer.clock.freeze("2026-07-01T09:00:00Z");

  expect(await mockServer.clock.now()).toEqual(new Date("2026-07-01T09:00:00Z"));
  vi.useRealTimers();
});

test("fails", async ({ mockServer }) => {
  await sessions(mockServer, "/nobody");

  expect(1).toBe(2);
});
