/** Mobile Next: a device in somebody's hands. The API reads only, a page at a time. */

import { answer } from "../answer";
import type { Board, Page, Session, Token } from "../board";
import { connect } from "../client";
import type { Access } from "../config";
import { moment } from "../dom";
import type { components, paths } from "../contracts/mobilenext";

type Schemas = components["schemas"];

const PAGE = 10;

export function mobilenext(access: Access, token: Token): Board {
  const client = connect<paths>(access, token);

  async function list(before?: string): Promise<Page> {
    const query = before === undefined ? { limit: PAGE } : { limit: PAGE, before };
    const { data, nextCursor } = await answer(client.GET("/sessions", { params: { query } }), words);
    const sessions = data.map(shown);
    return nextCursor ? { sessions, more: () => list(nextCursor) } : { sessions };
  }

  return {
    title: "Mobile Next",
    about: "A device in somebody's hands, from allocation to release.",
    list: () => list(),
    get: async (sessionId) =>
      shown(await answer(client.GET("/sessions/{sessionId}", { params: { path: { sessionId } } }), words)),
    actions: [],
  };
}

function words({ error: { message, code } }: Schemas["Error"]): string {
  return `${message} (${code})`;
}

function shown({ id, device, createdAt, releasedAt }: Schemas["Session"]): Session {
  return {
    id,
    name: device.name,
    status: releasedAt ? "released" : "held",
    when: moment(createdAt),
    over: releasedAt !== null,
    facts: {
      System: `${device.platform} ${device.osVersion}`,
      Since: moment(createdAt),
      Released: releasedAt ? moment(releasedAt) : "not yet",
    },
  };
}
