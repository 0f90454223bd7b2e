/** What users write, and what the compiler has to refuse. */
import { test as base } from "@playwright/test";
import { test as vitest } from "vitest";

import { connect, start, type NewFault, type Persona, type World } from "session-contracts-mock-server";
import {
  mockFixtures,
  type MockFixtures,
  type MockWorkerFixtures,
} from "session-contracts-mock-server/playwright";
import {
  mockFixtures as forVitest,
  startMockServer,
  type MockFixtures as ForVitest,
} from "session-contracts-mock-server/vitest";

export const setup: () => Promise<() => Promise<void>> = startMockServer({ apis: ["viben"], seed: 7 });

export async function use(world: World): Promise<Persona> {
  const fault: NewFault = {
    operation: "list_sessions",
    delay: { low: 0.1, high: 0.8 },
    breakage: "empty_response",
  };
  const { fired, status } = await world.faults.add(fault);
  const sum: number = fired + (status ?? 0);
  await world.clock.advance(sum);
  await world.requests.verify([{ operation: "get_session", atMost: 5 }], { inOrder: true });
  const [latest] = await world.requests.find({ status: 404, body: { any: "thing" } });
  // @ts-expect-error  there may be none
  latest.target.trim();
  // @ts-expect-error  a typing error in a member
  await world.faults.add({ statu: 503 });
  // @ts-expect-error  no such breakage
  await world.faults.add({ breakage: "fire" });
  // @ts-expect-error  milliseconds are no moment
  await world.clock.freeze(1782896400000);
  // @ts-expect-error  facts are not changed
  world.namespace = "other";
  return world.persona("zipf", "member");
}

export async function serve(): Promise<void> {
  const server = await start({ options: ["--epoch", "2026-07-01T00:00:00Z"] });
  const found = await connect(server.url, { token: process.env["TOKEN"] });
  await use(await found.world({ title: "mine", seed: 7 }));
  // @ts-expect-error  a seed is a number
  await found.world({ seed: "7" });
  await server.stop();
}

const test = base.extend<MockFixtures, MockWorkerFixtures>(mockFixtures);
test.use({ mockNamespaceBy: "cookie", mockServerOptions: { apis: ["viben"] } });
test("a page", async ({ page, mockServer, sharedMockServer }) => {
  await page.goto(mockServer.url("viben", "/docs"));
  const apis: readonly string[] = sharedMockServer.apis;
  await use(mockServer);
  // @ts-expect-error  no such fixture
  test("another", async ({ mockServr }) => mockServr);
  apis.includes("viben");
});
// @ts-expect-error  there is no other way
test.use({ mockNamespaceBy: "path" });

const it = vitest.extend<ForVitest>(forVitest);
it("a unit", async ({ mockServer, sharedMockServer }) => {
  const persona: Persona = await use(mockServer);
  sharedMockServer.persona("zipf", persona.name).headers.Authorization.slice();
  // @ts-expect-error  personas have no password
  persona.password;
});
