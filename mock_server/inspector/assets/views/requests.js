/** The requests of all namespaces as they come, filtered, and beside them why one got its answer. */

import { apiOptions, operationOptions } from "../contracts.js";
import { attempt, confirmed, copyButton } from "../dialogs.js";
import { button, element, field, heading, redraw, select, setOptions } from "../elements.js";
import { counted } from "../text.js";
import { ExplanationPane } from "./explanation.js";
import { COLUMNS, OUTCOMES, requestRow } from "./request_row.js";

const KEPT = 1000; // requests that the filter can find
const SHOWN = 300; // rows that a browser draws without effort
const DRAW_EVERY = 100; // milliseconds
const STATUSES = [
  ["", "Any"],
  ["2", "2xx"],
  ["3", "3xx"],
  ["4", "4xx"],
  ["5", "5xx"],
];

/** See `Inspector` in `main.js` for what a view is. */
export class RequestsView {
  #page;
  #requests = []; // newest first
  #waiting = []; // not taken in yet, newest last
  #isPaused = false;
  #drawing = null;
  #open = "";

  constructor(page) {
    this.#page = page;
    this.#buildFilter();
    this.pause = button("Pause", () => this.#pause(), { "aria-pressed": "false" });
    this.count = element("p", { class: "count" });
    this.found = element("p", { class: "unseen", role: "status" });
    this.rows = element("tbody", { role: "rowgroup" });
    this.empty = element("div", { class: "nothing" });
    this.list = element("div", { class: "list" }, this.#buildTable(), this.empty);
    this.pane = new ExplanationPane(page, () => this.#close());
    const split = element("div", { class: "split" }, this.list, this.pane.element);
    const clear = button("Clear", () => attempt(() => this.#clear()));
    this.element = element(
      "div",
      { class: "view" },
      heading("Requests", null, this.pause, clear),
      this.filter,
      this.count,
      this.found,
      split,
    );
    this.#draw();
  }

  async open([id = ""]) {
    const before = this.#open;
    this.#open = id;
    this.element.classList.toggle("open", id !== "");
    this.#draw();
    if (id) await this.pane.show(id);
    else if (before) this.#link(before)?.focus();
  }

  async changed() {
    this.#draw();
  }

  happened() {}

  /** Takes in what the event stream tells of requests, whether the view is open or not. */
  collect(event) {
    if (event.type !== "request") return;
    this.#waiting.push(event.data);
    if (this.#waiting.length > KEPT) this.#waiting.shift();
    this.#drawSoon();
  }

  #takeIn() {
    const known = new Set(this.#requests.map((each) => each.id));
    const added = this.#waiting.filter((each) => !known.has(each.id)).reverse();
    this.#requests = [...added, ...this.#requests].slice(0, KEPT);
    this.#waiting = [];
  }

  #buildFilter() {
    const { apis } = this.#page;
    const drawn = { on: { change: () => this.#filterChanged() } };
    const typed = { on: { input: () => this.#filterChanged() } };
    this.text = element("input", { type: "search", placeholder: "Path, method, caller, id", ...typed });
    this.api = select(apiOptions(apis), { on: { change: () => this.#apiChosen() } });
    this.operation = select(operationOptions(apis, ""), drawn);
    this.status = select(STATUSES, drawn);
    this.outcome = select([["", "Any"], ...Object.entries(OUTCOMES)], drawn);
    this.where = select(
      [
        ["", "All"],
        ["here", "The one chosen above"],
      ],
      drawn,
    );
    this.more = button("More filters", () => this.#expand(), { "aria-expanded": "false", kind: "more" });
    this.filter = element(
      "form",
      { class: "filter", role: "search", "aria-label": "Filter requests", on: { submit: stay } },
      field("Text", this.text),
      this.more,
      field("API", this.api),
      field("Operation", this.operation),
      field("Status", this.status),
      field("Outcome", this.outcome),
      field("Namespaces", this.where),
    );
  }

  #buildTable() {
    const head = COLUMNS.map(({ label, class: kind }) =>
      element("th", { scope: "col", role: "columnheader", class: kind }, label),
    );
    const caption = element("caption", { class: "unseen" }, "Requests, newest first");
    const header = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head));
    return element("table", { class: "requests", role: "table" }, caption, header, this.rows);
  }

  #example() {
    const { control, apis } = this.#page;
    const [api] = apis;
    const line = `curl -i ${control.origin}${control.prefix()}${api.path}${api.example}`;
    return [
      element("p", { class: "nothing-title" }, "No requests yet"),
      element(
        "p",
        {},
        "They appear here as they come (not with --journal-bytes 0, which keeps none). To try it:",
      ),
      element("p", { class: "copyable" }, element("code", {}, line), copyButton(line, "the command")),
    ];
  }

  // On a phone the other fields are shown on demand.
  #expand() {
    this.more.setAttribute("aria-expanded", String(this.more.getAttribute("aria-expanded") === "false"));
  }

  #apiChosen() {
    setOptions(this.operation, operationOptions(this.#page.apis, this.api.value));
    this.#filterChanged();
  }

  #filterChanged() {
    this.#draw();
    this.found.textContent = `${counted(this.#matching().length, "request")} found`;
  }

  #matching() {
    const text = this.text.value.trim().toLowerCase();
    return this.#requests.filter(
      (each) =>
        (!this.api.value || each.api === this.api.value) &&
        (!this.operation.value || each.operation === this.operation.value) &&
        String(each.status).startsWith(this.status.value) &&
        (!this.outcome.value || each.answered_by.kind === this.outcome.value) &&
        (!this.where.value || each.namespace === this.#page.control.namespace) &&
        (!text || searched(each).includes(text)),
    );
  }

  #drawSoon() {
    this.#drawing ??= setTimeout(() => {
      this.#drawing = null;
      this.#draw();
    }, DRAW_EVERY);
  }

  // Rows that are there already stay the same elements, so that the focus stays where it is.
  #draw() {
    if (!this.#isPaused) this.#takeIn();
    const found = this.#matching();
    const old = new Map([...this.rows.children].map((row) => [row.dataset.id, row]));
    const wanted = found.slice(0, SHOWN).map((each) => old.get(each.id) ?? requestRow(each));
    for (const row of wanted) mark(row, row.dataset.id === this.#open);
    arrange(this.rows, wanted);
    const isEmpty = this.#requests.length === 0;
    this.list.querySelector("table").hidden = isEmpty;
    this.empty.hidden = !isEmpty;
    redraw(this.empty, ...(isEmpty ? this.#example() : []));
    this.count.textContent = this.#told(found.length);
  }

  #told(found) {
    const waiting = this.#waiting.length ? `, ${this.#waiting.length} more since you paused` : "";
    const shown = found > SHOWN ? `the latest ${SHOWN} of ` : "";
    const of = found === this.#requests.length ? "" : ` of ${this.#requests.length}`;
    return `${shown}${counted(found, "request")}${of}${waiting}`;
  }

  #pause() {
    this.#takeIn();
    this.#isPaused = !this.#isPaused;
    this.pause.setAttribute("aria-pressed", String(this.#isPaused));
    this.#draw();
  }

  async #clear() {
    const { control, namespaces } = this.#page;
    const names = this.where.value ? [control.namespace] : namespaces.map((each) => each.name);
    const which = names.length === 1 ? `the namespace ${names[0]}` : `all ${names.length} namespaces`;
    const text = "The journal, which explanations are made from, forgets them. Records stay as they are.";
    if (!(await confirmed(`Forget the requests of ${which}?`, { text, action: "Forget them" }))) return;
    await Promise.all(names.map((name) => control.delete("/requests", name)));
    this.#requests = this.#requests.filter((each) => !names.includes(each.namespace));
    this.#waiting = [];
    if (this.#open) this.#close();
    this.#draw();
  }

  #close() {
    this.#page.go("requests");
  }

  #link(id) {
    return [...this.rows.children].find((row) => row.dataset.id === id)?.querySelector("a");
  }
}

function stay(event) {
  event.preventDefault();
}

function searched(each) {
  const { method, target, operation, caller, id, answered_by: by } = each;
  return `${method} ${target} ${operation} ${caller} ${id} ${by.name} ${by.text}`.toLowerCase();
}

function mark(row, isOpen) {
  row.classList.toggle("current", isOpen);
  const link = row.querySelector("a");
  if (isOpen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

function arrange(parent, wanted) {
  const kept = new Set(wanted);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  wanted.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
}
