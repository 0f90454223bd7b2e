/** One API on the page: a form for a new session, the list, and the session that is followed. */

import type { Board } from "./board";
import { element, form } from "./dom";
import { followed } from "./followed";
import { list } from "./list";
import { notice } from "./notice";

/** The panel of a board. It works until `signal` is aborted. */
export function panel(board: Board, signal: AbortSignal): HTMLElement {
  const told = notice();
  const place = element("div", {});
  const sessions = list(board, follow, told, signal);
  let following = new AbortController();
  signal.addEventListener("abort", () => following.abort());

  function follow(id: string): void {
    following.abort();
    following = new AbortController();
    place.replaceChildren(followed(board, id, sessions.refresh, following));
  }

  function creation({ fields, run }: NonNullable<Board["create"]>): HTMLElement {
    const create = (values: Record<string, string>) =>
      told.attempt(async () => {
        follow(await run(values));
        await sessions.refresh();
      });
    return element("details", {}, element("summary", {}, "New session"), form("Create", fields, create));
  }

  void sessions.refresh();
  return element(
    "section",
    {},
    element("h2", {}, board.title),
    element("p", {}, board.about),
    told.element,
    ...(board.create ? [creation(board.create)] : []),
    element("div", { class: "columns" }, sessions.element, place),
  );
}
