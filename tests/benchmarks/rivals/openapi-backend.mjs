// openapi-backend with express, validating requests: `node openapi-backend.mjs CONTRACT PORT`.
import { readFileSync } from "node:fs";
import express from "express";
import { OpenAPIBackend } from "openapi-backend";

const [, , contract, port] = process.argv;
const api = new OpenAPIBackend({
  definition: JSON.parse(readFileSync(contract, "utf8")),
  apiRoot: "/api",
  handlers: {
    validationFail: (context, request, response) => response.status(400).json({ error: context.validation.errors }),
    notFound: (context, request, response) => response.status(404).json({ error: "not found" }),
    notImplemented: (context, request, response) => {
      const { status, mock } = context.api.mockResponseForOperation(context.operation.operationId);
      return response.status(status).json(mock);
    },
  },
});
await api.init();
const app = express();
app.use(express.json());
app.use((request, response) => api.handleRequest(request, request, response));
app.listen(Number(port), "127.0.0.1");
