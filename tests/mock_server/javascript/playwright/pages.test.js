import { test as base, expect } from "@playwright/test";
import { mockFixtures } from "session-contracts-mock-server/playwright";

const test = base.extend(mockFixtures);

/** A page of another origin that knows the plain address of the API, and nothing of namespaces. */
function open(page, server, credentials) {
  const query = new URLSearchParams({ api: `${server.url}/viben`, credentials });
  return page.goto(`${process.env.PAGES}/page.html?${query}`);
}

for (const turn of [1, 2]) {
  test(`each page begins with the seed ${turn}`, async ({ page, sharedMockServer }) => {
    await open(page, sharedMockServer, "omit");
    await expect(page.getByRole("status")).toHaveText("session-abc123");
    await page.getByRole("button").click();
    await expect(page.getByRole("status")).toHaveText("error 404");
  });
}

test("the mock breaks for this page", async ({ page, mockServer, sharedMockServer }) => {
  await mockServer.faults.add({ operation: "get_session", status: 503 });
  await open(page, sharedMockServer, "omit");

  await expect(page.getByRole("status")).toHaveText("error 503");
  await mockServer.requests.verify([{ operation: "get_session", exactly: 1 }]);
});

test("routes of a test come before the fixture's", async ({ page, mockServer, sharedMockServer }) => {
  const headers = { "Access-Control-Allow-Origin": "*" };
  await page.route("**/api/sessions/*", (route) => route.fulfill({ status: 418, headers }));
  await open(page, sharedMockServer, "omit");

  await expect(page.getByRole("status")).toHaveText("error 418");
  expect(await mockServer.requests.count()).toBe(0);
});

test("a page that has the address of the world needs nothing else", async ({ page, mockServer }) => {
  await open(page, { url: mockServer.url() }, "omit");

  await expect(page.getByRole("status")).toHaveText("session-abc123");
  expect(await mockServer.requests.count({ status: 200 })).toBe(1);
});

test("requests of the test itself have the address", async ({ request, mockServer }) => {
  const answer = await request.get(mockServer.url("viben", "/api/sessions"));

  expect(answer.headers()["x-mock-namespace"]).toBe(mockServer.namespace);
});

test.describe("with the cookie alone", () => {
  test.use({ mockNamespaceBy: "cookie" });

  test("what is sent with credentials lands in the world", async ({ page, mockServer, sharedMockServer }) => {
    await open(page, sharedMockServer, "include");
    await page.getByRole("button").click();

    await expect(page.getByRole("status")).toHaveText("error 404");
    await mockServer.requests.verify([{ operation: "delete_session", exactly: 1 }]);
  });
});

test("fails", async ({ page, sharedMockServer }) => {
  await open(page, sharedMockServer, "omit");

  await expect(page.getByRole("status")).toHaveText("session-abc123");
  expect(1).toBe(2);
});
