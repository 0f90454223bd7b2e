// @scalar/mock-server: `node scalar.mjs CONTRACT PORT`.
import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { createMockServer } from "@scalar/mock-server";

const [, , contract, port] = process.argv;
const document = JSON.parse(readFileSync(contract, "utf8"));
const app = await createMockServer({ document, specification: document });
serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" });
