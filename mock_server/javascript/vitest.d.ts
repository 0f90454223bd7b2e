/** Types of the fixtures for Vitest, by shape: its own types need not be found from here. */
import type { Server, StartOptions, World } from "./index.js";

/** For `globalSetup`: starts a server for the whole run, which `mockFixtures` find, and ends it. */
export function startMockServer(options?: StartOptions): () => Promise<() => Promise<void>>;

/** For `test.extend<MockFixtures>(mockFixtures)`. */
export interface MockFixtures {
  /** The server at MOCK_SERVER_URL, which `startMockServer` sets; else one that is started for this file. */
  sharedMockServer: Server;
  /** The world of this test. Deleted after it. */
  mockServer: World;
}

export declare const mockFixtures: {
  sharedMockServer: [
    (needed: object, use: (server: Server) => Promise<void>) => Promise<void>,
    { scope: "file" },
  ];
  mockServer: (
    needed: {
      sharedMockServer: Server;
      task: { name: string; result?: { state: string } | undefined };
    },
    use: (world: World) => Promise<void>,
  ) => Promise<void>;
};
