/** The records of the namespace: its collections, what is in one of them, and one record to edit. */

import { attempt } from "../dialogs.js";
import { button, element, field, heading, nothing, redraw, table } from "../elements.js";
import { brief, counted } from "../text.js";
import { RecordPane } from "./record.js";

const PAGE = 50;
const MOST_COLUMNS = 4;
// Members that say most about a record come first in the table.
const TELLING = [
  "name",
  "title",
  "status",
  "state",
  "type",
  "kind",
  "agent_id",
  "user_id",
  "owner_id",
  "created_at",
];

/** See `Inspector` in `main.js` for what a view is. */
export class StateView {
  #page;
  #offset = 0;
  #shown = { api: "", collection: "", key: null };
  #reading = null;
  #asked = 0;

  constructor(page) {
    this.#page = page;
    this.collections = element("nav", { class: "collections", "aria-label": "Collections" });
    this.search = element("input", { type: "search", on: { input: () => this.#searched() } });
    this.create = button("New record", () => this.#go("+"));
    this.records = element("div", { class: "records" });
    this.count = element("p", { class: "count", role: "status" });
    this.pane = new RecordPane(page, {
      close: () => this.#go(),
      saved: (key) => this.#saved(key),
    });
    this.list = element(
      "div",
      { class: "list" },
      element("div", { class: "filter" }, field("Search in this collection", this.search), this.create),
      this.count,
      this.records,
    );
    const split = element("div", { class: "split" }, this.list, this.pane.element);
    const lead = "What the namespace holds. A change here is seen by the next request.";
    this.element = element("div", { class: "view" }, heading("State", lead), this.collections, split);
  }

  async open([api, collection, key = null]) {
    await this.#drawCollections();
    if (!this.all.length) return;
    const chosen = this.all.find((each) => each.records) ?? this.all[0];
    const known = this.all.some((each) => each.api === api && each.name === collection);
    const before = this.#shown;
    this.#shown = known ? { api, collection, key } : { api: chosen.api, collection: chosen.name, key: null };
    if (before.api !== this.#shown.api || before.collection !== this.#shown.collection) {
      this.#offset = 0;
      this.search.value = "";
    }
    this.#markCollection();
    this.element.classList.toggle("open", this.#shown.key !== null);
    await this.#drawRecords();
    if (this.#shown.key !== null) await this.pane.show(this.#shown, this.#isWritable());
    else if (before.key !== null) this.#link(before.key)?.focus();
  }

  /** Whether leaving the view, or the record that is open, loses what was typed. */
  isEdited() {
    return this.#shown.key !== null && this.pane.isTouched();
  }

  async changed() {
    await this.open([this.#shown.api, this.#shown.collection]);
  }

  happened(event) {
    if (event.type !== "state" || this.#reading) return;
    // Many requests may come at once; one look a moment later shows what all of them did.
    this.#reading = setTimeout(() => attempt(() => this.#reread()), 200);
  }

  async #reread() {
    this.#reading = null;
    await this.#drawCollections();
    this.#markCollection();
    await this.#drawRecords();
    if (this.#shown.key !== null) await this.pane.refresh();
  }

  async #drawCollections() {
    this.all = (await this.#page.control.get("/collections")).collections;
    const names = [...new Set(this.all.map((each) => each.api))];
    const groups = names.map((name) => {
      const links = this.all.filter((each) => each.api === name).map((each) => element("li", {}, link(each)));
      return element(
        "div",
        { class: "group" },
        element("h2", { class: "group-name", id: `group-${name}` }, name),
        element("ul", { "aria-labelledby": `group-${name}` }, links),
      );
    });
    redraw(this.collections, ...groups);
  }

  #markCollection() {
    const wanted = `${this.#shown.api}.${this.#shown.collection}`;
    for (const each of this.collections.querySelectorAll("a")) {
      if (each.dataset.collection === wanted) each.setAttribute("aria-current", "true");
    }
    this.create.hidden = !this.#isWritable();
  }

  #isWritable() {
    const { api, collection } = this.#shown;
    return this.all.find((each) => each.api === api && each.name === collection).writable;
  }

  async #drawRecords() {
    const { api, collection, key } = this.#shown;
    const query = new URLSearchParams({ limit: PAGE, offset: this.#offset, text: this.search.value.trim() });
    const asked = ++this.#asked;
    const { records, total } = await this.#page.control.get(`/state/${api}/${collection}?${query}`);
    if (asked !== this.#asked) return; // somebody has typed on in the meantime
    this.count.textContent = this.search.value
      ? `${counted(total, "record")} found`
      : counted(total, "record");
    redraw(this.records, ...(total ? this.#tableOf(records, total) : [nothing("No records")]));
    for (const each of this.records.querySelectorAll("tbody tr")) {
      each.classList.toggle("current", each.querySelector("a").dataset.key === key);
    }
  }

  #tableOf(records, total) {
    const columns = telling(records.map((each) => each.record));
    const rows = records.map(({ key, record }) => [
      element("a", { href: this.#address(key), "data-key": key, class: "mono" }, key),
      ...columns.map((name) => brief(record[name])),
    ]);
    const made = table(`Records of ${this.#shown.collection}`, ["Key", ...columns], rows, {
      className: "records",
    });
    return total > PAGE ? [made, this.#pager(total)] : [made];
  }

  #pager(total) {
    const last = Math.min(this.#offset + PAGE, total);
    const turn = (by) => attempt(() => this.#turn(by));
    return element(
      "nav",
      { class: "pager", "aria-label": "Pages" },
      button("Newer", () => turn(-PAGE), { disabled: this.#offset === 0 }),
      element("span", {}, `${this.#offset + 1} to ${last} of ${total}`),
      button("Older", () => turn(PAGE), { disabled: last === total }),
    );
  }

  async #turn(by) {
    this.#offset = Math.max(0, this.#offset + by);
    await this.#drawRecords();
    this.list.scrollTop = 0;
  }

  #searched() {
    this.#offset = 0;
    attempt(() => this.#drawRecords());
  }

  async #saved(key) {
    if (key === this.#shown.key) await this.#reread();
    else this.#go(key);
  }

  #address(key) {
    return `#/${["state", this.#shown.api, this.#shown.collection, key].map(encodeURIComponent).join("/")}`;
  }

  #go(...key) {
    this.#page.go("state", this.#shown.api, this.#shown.collection, ...key);
  }

  #link(key) {
    return [...this.records.querySelectorAll("a")].find((each) => each.dataset.key === key);
  }
}

function link({ api, name, records }) {
  return element(
    "a",
    { href: `#/state/${api}/${name}`, "data-collection": `${api}.${name}` },
    name,
    element("span", { class: "tally" }, String(records)),
  );
}

function telling(records) {
  const isScalar = (name) =>
    records.some((each) => each[name] !== null && typeof each[name] !== "object" && name in each);
  const names = [...new Set(records.flatMap((each) => Object.keys(each)))].filter((name) => name !== "id");
  const rank = (name) => (TELLING.includes(name) ? TELLING.indexOf(name) : TELLING.length);
  return names
    .filter(isScalar)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_COLUMNS);
}
