/** The namespace as a whole: back to its seed, kept under a name, brought back, out into a file and in. */

import { attempt, confirmed, notify } from "../dialogs.js";
import {
  button,
  element,
  field,
  heading,
  nameField,
  nameInput,
  nothing,
  redraw,
  section,
  table,
} from "../elements.js";

const AFRESH = "It begins anew, with an empty journal and without faults.";
const COLUMNS = [
  "Name",
  { label: "Records", class: "number" },
  { label: "Seed", class: "number" },
  { label: "Actions", class: "last", hidden: true },
];

/** See `Inspector` in `main.js` for what a view is. */
export class SnapshotsView {
  #page;

  constructor(page) {
    this.#page = page;
    this.list = element("div", {});
    this.name = nameInput();
    this.file = element("input", { type: "file", accept: "application/json,.json", required: true });
    const lead = "A snapshot keeps a namespace as it is; every namespace can begin from it.";
    const reset = button("Reset to the seed", () => attempt(() => this.#reset()), { kind: "danger" });
    this.element = element(
      "div",
      { class: "view" },
      heading("Snapshots", lead, reset),
      this.list,
      section("Take a snapshot", this.#takeForm()),
      section("As a file", this.#fileForm()),
    );
  }

  async open() {
    const { snapshots } = await this.#page.control.get("/snapshots");
    redraw(this.list, snapshots.length ? this.#table(snapshots) : nothing("No snapshots"));
  }

  async changed() {
    await this.open();
  }

  happened(event) {
    if (event.type === "snapshots") attempt(() => this.open());
  }

  #table(snapshots) {
    const rows = snapshots.map(({ name, records, seed }) => [
      element("span", { class: "mono" }, name),
      String(records),
      String(seed),
      element("div", { class: "buttons" }, this.#actions(name)),
    ]);
    return table("Snapshots", COLUMNS, rows);
  }

  #actions(name) {
    const restore = () => attempt(() => this.#restore(name));
    const remove = () => attempt(() => this.#delete(name));
    return [
      button("Restore", restore, { kind: "quiet", "aria-label": `Restore ${name}` }),
      button("Delete", remove, { kind: "quiet danger", "aria-label": `Delete ${name}` }),
    ];
  }

  #takeForm() {
    const submitted = (event) => {
      event.preventDefault();
      attempt(() => this.#take());
    };
    return element(
      "form",
      { class: "card inline", on: { submit: submitted } },
      nameField(this.name),
      button("Take it", null, { kind: "primary" }),
    );
  }

  #fileForm() {
    const submitted = (event) => {
      event.preventDefault();
      attempt(() => this.#load());
    };
    return element(
      "form",
      { class: "card inline", on: { submit: submitted } },
      button("Download the state", () => attempt(() => this.#download())),
      field("State from a file", this.file),
      button("Load it", null),
    );
  }

  async #take() {
    await this.#page.control.post("/snapshots", { name: this.name.value });
    notify(`Kept as ${this.name.value}`);
    this.name.value = "";
    await this.open();
  }

  async #restore(name) {
    const question = `Bring ${this.#page.control.namespace} to where ${name} was taken?`;
    if (!(await confirmed(question, { text: AFRESH, action: "Restore" }))) return;
    await this.#page.control.post(`/snapshots/${encodeURIComponent(name)}/restore`);
    notify(`Restored ${name}`);
  }

  async #delete(name) {
    if (!(await confirmed(`Delete the snapshot ${name}?`, { action: "Delete it" }))) return;
    await this.#page.control.delete(`/snapshots/${encodeURIComponent(name)}`);
    notify(`Deleted ${name}`);
    await this.open();
    this.element.querySelector("h1").focus();
  }

  async #reset() {
    const { namespace } = this.#page.control;
    if (!(await confirmed(`Reset ${namespace} to its seed?`, { text: AFRESH, action: "Reset it" }))) return;
    await this.#page.control.post("/reset");
    notify(`Reset ${namespace}`);
  }

  async #download() {
    const state = await this.#page.control.get("/state");
    const url = URL.createObjectURL(new Blob([JSON.stringify(state)], { type: "application/json" }));
    element("a", { href: url, download: `${this.#page.control.namespace}.json` }).click();
    URL.revokeObjectURL(url);
  }

  async #load() {
    const text = await this.file.files[0].text();
    const question = `Replace the state of ${this.#page.control.namespace}?`;
    if (!(await confirmed(question, { text: AFRESH, action: "Replace it" }))) return;
    await this.#page.control.put("/state", text);
    notify(`Loaded the state of ${this.#page.control.namespace}`);
  }
}
