/** Types of the fixtures for @playwright/test, by shape: its own types need not be found from here. */
import type { Server, StartOptions, World } from "./index.js";

/** For `base.extend<MockFixtures, MockWorkerFixtures>(mockFixtures)`. */
export interface MockFixtures {
  /** The world of this test; what its pages send to the mock lands there. Deleted after the test. */
  mockServer: World;
  /**
   * How a page's requests find the world. `header`: by a header that is added to all requests to this
   * machine (and Playwright answers preflights itself); `cookie`: by the cookie alone, which `fetch` sends
   * with `credentials: "include"`, and all else is as it will be for users.
   */
  mockNamespaceBy: "header" | "cookie";
}

export interface MockWorkerFixtures {
  /** The server of this worker: the one at `mockServerUrl`, else one that is started. */
  sharedMockServer: Server;
  /** A server that runs already, such as a `webServer`; default: the variable MOCK_SERVER_URL. */
  mockServerUrl: string | undefined;
  /** How to start one where there is no `mockServerUrl`. */
  mockServerOptions: StartOptions;
}

export declare const mockFixtures: {
  mockServerUrl: [string | undefined, { option: true; scope: "worker" }];
  mockServerOptions: [StartOptions, { option: true; scope: "worker" }];
  mockNamespaceBy: ["header" | "cookie", { option: true }];
  sharedMockServer: [
    (
      needed: { mockServerUrl: string | undefined; mockServerOptions: StartOptions },
      use: (server: Server) => Promise<void>,
    ) => Promise<void>,
    { scope: "worker" },
  ];
  mockServer: (
    needed: { sharedMockServer: Server },
    use: (world: World) => Promise<void>,
    testInfo: TestInfoLike,
  ) => Promise<void>;
  context: <Context extends ContextLike>(
    needed: { context: Context; mockServer: World; mockNamespaceBy: "header" | "cookie" },
    use: (context: Context) => Promise<void>,
  ) => Promise<void>;
};

/** What is needed of Playwright's `TestInfo`. */
export interface TestInfoLike {
  readonly title: string;
  readonly status?: string;
  readonly expectedStatus: string;
  attach(name: string, attachment: { body: string; contentType: string }): Promise<void>;
}

/** What is needed of Playwright's `BrowserContext`. */
export interface ContextLike {
  addCookies(cookies: { name: string; value: string; url: string }[]): Promise<void>;
  route(url: (url: URL) => boolean, handler: (route: RouteLike) => Promise<void>): Promise<unknown>;
}

/** What is needed of Playwright's `Route`. */
export interface RouteLike {
  request(): { headers(): Record<string, string> };
  fallback(options: { headers: Record<string, string> }): Promise<void>;
}
