/** Viben: an agent at work on a task. Nobody has to sign in. */

import { answer } from "../answer";
import type { Board, Session } from "../board";
import { connect } from "../client";
import type { Access } from "../config";
import { moment } from "../dom";
import type { components, paths } from "../contracts/viben";

type Schemas = components["schemas"];

const OVER: Schemas["SessionStatus"][] = ["completed", "failed"];

export function viben(access: Access): Board {
  const client = connect<paths>(access, () => undefined);
  const of = (id: string) => ({ params: { path: { id } } });
  const update = (id: string, body: Schemas["SessionChanges"]) =>
    answer(client.PATCH("/sessions/{id}", { ...of(id), body }), words);
  return {
    title: "Viben",
    about: "An agent at work on a task.",
    list: async () => {
      const { sessions } = await answer(client.GET("/sessions"), words);
      return { sessions: sessions.map(shown) };
    },
    get: async (id) => shown(await answer(client.GET("/sessions/{id}", of(id)), words)),
    create: {
      fields: [
        { name: "agent_id", label: "Agent", value: "CLAUDE_CODE" },
        { name: "prompt", label: "Prompt", value: "Fix the failing tests" },
      ],
      run: async ({ agent_id = "", prompt = "" }) =>
        (await answer(client.POST("/sessions", { body: { agent_id, prompt } }), words)).id,
    },
    actions: [
      {
        label: "Send",
        asks: "Message",
        run: (id, content) => answer(client.POST("/sessions/{id}/message", { ...of(id), body: { content } }), words),
      },
      { label: "Pause", run: (id) => update(id, { status: "paused" }) },
      { label: "Complete", run: (id) => update(id, { status: "completed" }) },
    ],
    delete: (id) => answer(client.DELETE("/sessions/{id}", of(id)), words),
  };
}

function words({ error, code }: Schemas["Error"]): string {
  return `${error} (${code})`;
}

function shown(session: Schemas["SessionSummary"]): Session {
  const { id, agent_id, status, task_id, message_count, last_active } = session;
  return {
    id,
    name: agent_id,
    status,
    when: moment(last_active),
    over: OVER.includes(status),
    facts: { Task: task_id ?? "none", Messages: message_count, "Last active": moment(last_active) },
  };
}
