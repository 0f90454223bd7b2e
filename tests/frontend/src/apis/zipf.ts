/** Zipf: a line of research, with searches that take a while. */

import { answer } from "../answer";
import type { Board, Page, Session, Token } from "../board";
import { connect } from "../client";
import type { Access } from "../config";
import { moment } from "../dom";
import type { components, paths } from "../contracts/zipf";

type Schemas = components["schemas"];

const PAGE = 10;

export function zipf(access: Access, token: Token): Board {
  const client = connect<paths>(access, token);
  const of = (id: string) => ({ params: { path: { id } } });

  async function list(offset: number): Promise<Page> {
    const call = client.GET("/sessions", { params: { query: { limit: PAGE, offset } } });
    const { sessions } = await answer(call, words);
    const page = { sessions: sessions.map((each) => shown(each)) };
    return sessions.length < PAGE ? page : { ...page, more: () => list(offset + PAGE) };
  }

  return {
    title: "Zipf",
    about: "A line of research: searches, what they found and what they cost.",
    list: () => list(0),
    get: async (id) => {
      const { session, operations } = await answer(client.GET("/sessions/{id}", of(id)), words);
      return shown(session, operations);
    },
    create: {
      fields: [{ name: "name", label: "Name", value: "Battery chemistry" }],
      run: async ({ name = "" }) => (await answer(client.POST("/sessions", { body: { name } }), words)).session.id,
    },
    actions: [
      {
        label: "Search",
        asks: "Query",
        run: (id, query) => {
          const body: Schemas["NewSearch"] = { query, processing_mode: "async" };
          return answer(client.POST("/sessions/{id}/search", { ...of(id), body }), words);
        },
      },
      {
        label: "Rename",
        asks: "New name",
        run: (id, name) => answer(client.PATCH("/sessions/{id}", { ...of(id), body: { name } }), words),
      },
      { label: "Complete", run: (id) => answer(client.POST("/sessions/{id}/complete", of(id)), words) },
    ],
    delete: (id) => answer(client.DELETE("/sessions/{id}", of(id)), words),
  };
}

function words({ error, message }: Schemas["Error"]): string {
  return `${error}. ${message}.`;
}

type Operations = Schemas["OperationList"] | Schemas["PublicOperationList"];

function shown(session: Schemas["Session"] | Schemas["PublicSession"], operations: Operations = []): Session {
  const { id, name, status, aggregates, updated_at } = session;
  const running = operations.filter((each) => each.status === "pending" || each.status === "running");
  return {
    id,
    name,
    status,
    when: moment(updated_at),
    over: status !== "active",
    facts: {
      Searches: aggregates.operations_by_type.search,
      Running: running.length,
      "Different pages": aggregates.unique_urls,
      Credits: aggregates.total_credits,
    },
  };
}
