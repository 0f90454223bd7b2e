/** Deep Work Zone: a timed block of focus that people join. */

import { answer } from "../answer";
import type { Board, Session, Token } from "../board";
import { connect } from "../client";
import type { Access } from "../config";
import type { components, paths } from "../contracts/deepworkzone";

type Schemas = components["schemas"];
type AnyError = Schemas["Error"] | Schemas["Unauthenticated"] | Schemas["ValidationError"];

export function deepworkzone(access: Access, token: Token): Board {
  const client = connect<paths>(access, token);
  const of = (id: string) => ({ params: { path: { id: Number(id) } } });
  return {
    title: "Deep Work Zone",
    about: "A timed block of focus that people join.",
    list: async () => {
      const { data } = await answer(client.GET("/sessions", { params: { query: { completed: 0 } } }), words);
      return { sessions: data.map(shown) };
    },
    get: async (id) => shown((await answer(client.GET("/sessions/{id}", of(id)), words)).data),
    create: {
      fields: [
        { name: "name", label: "Name", value: "Writing" },
        { name: "schedule", label: "Day", value: new Date().toISOString().slice(0, 10), type: "date" },
        { name: "time", label: "Time (UTC)", value: "9:00 AM" },
        { name: "duration", label: "Minutes", value: "60", type: "number" },
      ],
      run: async ({ name = "", schedule = "", time = "", duration = "" }) => {
        const body: Schemas["NewSession"] = { name, schedule, time, duration: Number(duration), type: "drop-in" };
        const { data } = await answer(client.POST("/sessions", { body }), words);
        return String(data.id);
      },
    },
    actions: [
      {
        label: "Rename",
        asks: "New name",
        run: (id, name) => answer(client.PUT("/sessions/{id}", { ...of(id), body: { name } }), words),
      },
      { label: "Join", run: (id) => answer(client.POST("/sessions/{id}/join", of(id)), words) },
      { label: "Complete", run: (id) => answer(client.POST("/sessions/{id}/complete", of(id)), words) },
    ],
    delete: (id) => answer(client.DELETE("/sessions/{id}", of(id)), words),
  };
}

/** All complaints of a form that was refused, else the message. */
function words(body: AnyError): string {
  return "errors" in body ? Object.values(body.errors).flat().join(" ") : body.message;
}

function shown(session: Schemas["Session"]): Session {
  const { id, name, status, schedule, time, duration, participation } = session;
  return {
    id: String(id),
    name,
    status,
    when: `${schedule}, ${time}`,
    over: status === "completed",
    facts: {
      Begins: `${schedule}, ${time} UTC`,
      Minutes: duration,
      "My part": participation ? participation.status : "not joined",
      Score: participation?.actual_score ?? "none yet",
    },
  };
}
