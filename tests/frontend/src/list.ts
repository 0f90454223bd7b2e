/** The sessions of an API, a page at a time. */

import type { Board, Page, Session } from "./board";
import { button, element, status } from "./dom";
import type { Notice } from "./notice";

export interface List {
  element: HTMLElement;
  /** Shows the sessions as they are now. */
  refresh(): Promise<void>;
}

/** The list of a board, until `signal` is aborted. `choose` is called for the session that is to be followed. */
export function list(board: Board, choose: (id: string) => void, { attempt }: Notice, signal: AbortSignal): List {
  const rows = element("tbody", {});
  const more = element("p", {});
  const headings = ["Session", "Status"].map((text) => element("th", {}, text));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...headings, element("td", {}))), rows);

  function row(session: Session): HTMLTableRowElement {
    const chosen = button("Follow", () => choose(session.id));
    chosen.setAttribute("aria-label", `Follow ${session.name}`);
    const cells = [status(session.status), chosen].map((content) => element("td", {}, content));
    const head = [element("span", {}, session.name), element("small", {}, session.when)];
    return element("tr", {}, element("th", { scope: "row" }, ...head), ...cells);
  }

  function append(page: Page): void {
    rows.append(...page.sessions.map(row));
    const next = page.more;
    more.replaceChildren(...(next ? [button("Show more", () => attempt(async () => append(await next())))] : []));
  }

  const refresh = () =>
    attempt(async () => {
      const page = await board.list();
      if (signal.aborted) return;
      rows.replaceChildren();
      append(page);
    });

  return { element: element("div", {}, table, more, button("Refresh", refresh)), refresh };
}
