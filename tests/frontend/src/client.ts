/** Typed clients, one for each API. */

import createClient, { type Client } from "openapi-fetch";

import type { Access } from "./config";

/** A client for the `Paths` of a contract; it sends the token that `token` has at the time of the request. */
export function connect<Paths extends object>(access: Access, token: () => string | undefined): Client<Paths> {
  const client = createClient<Paths>({ baseUrl: access.baseUrl, credentials: access.credentials });
  client.use({
    onRequest({ request }) {
      const current = token();
      if (current !== undefined) request.headers.set("Authorization", `Bearer ${current}`);
    },
  });
  return client;
}
