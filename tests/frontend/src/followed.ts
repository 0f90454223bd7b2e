/** A session that is followed: how it stands, second by second, and what can be done with it. */

import type { Action, Board, Session } from "./board";
import { button, element, form, status } from "./dom";
import { notice } from "./notice";
import { poll } from "./poll";

/**
 * Shows the session with this id until it is over, deleted, or `following` is aborted. Calls `changed` when the
 * user has done something to it.
 */
export function followed(board: Board, id: string, changed: () => void, following: AbortController): HTMLElement {
  const { element: alert, report, attempt } = notice();
  const state = element("div", { "aria-live": "polite" });
  const controls = element("div", { class: "controls" });
  const place = element("article", { "aria-label": "Followed session" }, state, alert, controls);

  async function look(): Promise<boolean> {
    const session = await board.get(id);
    if (!following.signal.aborted) state.replaceChildren(...shown(session));
    return session.over;
  }

  const act = (work: () => Promise<unknown>) =>
    attempt(async () => {
      await work();
      await look();
      changed();
    });

  function stop(): void {
    following.abort();
    place.remove();
  }

  controls.append(...board.actions.map((action) => control(action, id, act)));
  const remove = board.delete;
  if (remove) {
    const removed = async () => {
      await remove(id);
      stop();
      changed();
    };
    controls.append(button("Delete", () => attempt(removed)));
  }
  controls.append(button("Stop following", stop));
  void poll(look, report, following.signal);
  return place;
}

function control(action: Action, id: string, act: (work: () => Promise<unknown>) => void): HTMLElement {
  if (action.asks === undefined) return button(action.label, () => act(() => action.run(id, "")));
  const field = { name: "text", label: action.asks, value: "" };
  return form(action.label, [field], ({ text = "" }) => act(() => action.run(id, text)));
}

function shown(session: Session): HTMLElement[] {
  const facts = Object.entries(session.facts).flatMap(([label, value]) => [
    element("dt", {}, label),
    element("dd", {}, String(value)),
  ]);
  return [element("h3", {}, session.name, " ", status(session.status)), element("dl", {}, ...facts)];
}
