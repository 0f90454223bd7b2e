/** The namespaces of the server: which there are, new ones, and how a client names one. */

import { attempt, confirmed, copyButton, notify } from "../dialogs.js";
import {
  button,
  element,
  field,
  heading,
  nameField,
  nameInput,
  redraw,
  section,
  select,
  setOptions,
  table,
} from "../elements.js";

const COLUMNS = [
  "Name",
  { label: "Seed", class: "number" },
  { label: "Actions", class: "last", hidden: true },
];

/** See `Inspector` in `main.js` for what a view is. */
export class NamespacesView {
  #page;

  constructor(page) {
    this.#page = page;
    this.list = element("div", {});
    this.naming = element("div", { class: "card" });
    this.name = nameInput();
    this.origin = select([["", ""]]);
    this.error = element("p", { class: "form-error", role: "alert" });
    const lead = "Each namespace is a world of its own: records, clock, faults, quotas and journal.";
    this.element = element(
      "div",
      { class: "view" },
      heading("Namespaces", lead),
      this.list,
      section("Create one", this.#form()),
      section("How a client names this one", this.naming),
    );
  }

  async open() {
    await this.#page.refreshNamespaces();
    const { snapshots } = await this.#page.control.get("/snapshots");
    redraw(this.list, this.#table());
    this.#drawOrigins(snapshots);
    this.naming.replaceChildren(this.#ways());
  }

  async changed() {
    await this.open();
  }

  happened(event) {
    if (event.type === "namespace" || event.type === "snapshots") attempt(() => this.open());
  }

  #table() {
    const rows = this.#page.namespaces.map(({ name, seed }) => [
      element("span", { class: "mono" }, name),
      String(seed),
      element("div", { class: "buttons" }, this.#actions(name)),
    ]);
    return table("Namespaces", COLUMNS, rows);
  }

  #actions(name) {
    const { control } = this.#page;
    const isHere = name === control.namespace;
    const go = () => attempt(() => this.#page.switchTo(name));
    const remove = () => attempt(() => this.#delete(name));
    return [
      isHere
        ? element("span", { class: "badge here" }, "Shown")
        : button("Switch", go, { kind: "quiet", "aria-label": `Switch to ${name}` }),
      name === "default"
        ? null
        : button("Delete", remove, { kind: "quiet danger", "aria-label": `Delete ${name}` }),
    ];
  }

  #form() {
    const done = element("div", { class: "buttons" }, button("Create and switch", null, { kind: "primary" }));
    const fields = [
      nameField(this.name),
      field("Begins with", this.origin),
    ];
    return element(
      "form",
      { class: "card", on: { submit: (event) => this.#submitted(event) } },
      element("div", { class: "fields" }, fields),
      this.error,
      done,
    );
  }

  #drawOrigins(snapshots) {
    const forks = this.#page.namespaces.map(({ name }) => [`fork ${name}`, name]);
    const kept = snapshots.map(({ name }) => [`snapshot ${name}`, name]);
    const options = [["", "The seeded data"], { group: "As a namespace is now (fork)", options: forks }];
    if (kept.length) options.push({ group: "A snapshot", options: kept });
    setOptions(this.origin, options);
  }

  async #submitted(event) {
    event.preventDefault();
    this.error.textContent = "";
    const [kind, origin] = this.origin.value.split(" ");
    const name = this.name.value;
    try {
      if (!(await this.#mayBegin(name))) return;
      await this.#page.control.post("/namespaces", { name, ...(kind ? { [kind]: origin } : {}) });
      event.target.reset();
      await this.#page.switchTo(name, `Created ${name}`);
    } catch (error) {
      this.error.textContent = `Not created. ${error.message}`;
    }
  }

  async #mayBegin(name) {
    await this.#page.refreshNamespaces();
    if (!this.#page.namespaces.some((each) => each.name === name)) return true;
    return confirmed(`${name} exists. Begin it anew?`, {
      text: "What it holds is lost.",
      action: "Begin it anew",
    });
  }

  async #delete(name) {
    const text = "Its records, journal, clock and faults go with it.";
    if (!(await confirmed(`Delete the namespace ${name}?`, { text, action: "Delete it" }))) return;
    await this.#page.control.delete(`/namespaces/${encodeURIComponent(name)}`);
    notify(`Deleted ${name}`);
    if (name === this.#page.control.namespace) await this.#page.switchTo("default");
    else await this.open();
    this.element.querySelector("h1").focus();
  }

  #ways() {
    const { control } = this.#page;
    const ways = [
      ["Header", "header", `X-Mock-Namespace: ${control.namespace}`],
      ["Cookie", "cookie", `mock_namespace=${control.namespace}`],
      ["Base URL", "base URL", `${control.origin}${control.prefix()}/`],
    ];
    const rows = ways.map(([way, what, text]) => [
      way,
      element("code", {}, text),
      copyButton(text, what),
    ]);
    const columns = ["Way", "What to send", { label: "Copy", class: "last", hidden: true }];
    return table("Ways to name the namespace", columns, rows);
  }
}
