/** One record as JSON, to be read, changed, made or deleted. */

import { attempt, complain, confirmed, notify } from "../dialogs.js";
import { block, button, element, field, nothing } from "../elements.js";
import { json } from "../text.js";

const NEW = "+";
const NO_RULE = "The record has to keep the contract; no rule is asked.";
const HINT = `Members that you leave out stay as they are. ${NO_RULE}`;
const NEW_HINT = `Give it an id that no other record has. ${NO_RULE}`;

/** The pane beside the list of records. `close` and `saved(key)` tell the list. */
export class RecordPane {
  #page;
  #close;
  #saved;
  #shown = null;
  #isWritable = false;
  #asRead = "";

  constructor(page, { close, saved }) {
    this.#page = page;
    this.#close = close;
    this.#saved = saved;
    this.element = element("aside", {
      class: "pane",
      "aria-label": "Record",
      on: { keydown: (event) => this.#pressed(event) },
    });
  }

  /** Shows a record of a collection, or an empty form for a new one, and moves the focus there. */
  async show(shown, isWritable) {
    this.#shown = shown;
    this.#isWritable = isWritable;
    await this.#draw();
    this.element.querySelector("h2").focus();
  }

  /** Shows the record as it is now, unless somebody is changing it here. */
  async refresh() {
    const isFocused = this.element.contains(document.activeElement);
    if (!this.isTouched() && !isFocused && this.#shown.key !== NEW) await this.#draw();
  }

  /** Whether something was typed that is not saved. */
  isTouched() {
    return Boolean(this.editor) && this.editor.value !== this.#asRead;
  }

  async #draw() {
    const { api, collection, key } = this.#shown;
    this.editor = null;
    const title = key === NEW ? `New record of ${collection}` : key;
    const head = element(
      "div",
      { class: "pane-head" },
      element("h2", { tabindex: "-1", class: "path" }, title),
      button("Close", () => this.#close(), { kind: "quiet close" }),
    );
    try {
      const record = key === NEW ? await this.#template() : await this.#read(key);
      const lead = element("p", { class: "lead" }, `${api} · ${collection}`);
      this.element.replaceChildren(head, lead, this.#isWritable ? this.#form(record) : shownOnly(record));
    } catch (error) {
      this.element.replaceChildren(head, nothing(error.message));
    }
  }

  // The latest record, without its key and what is the mock's own, shows what a new one is made of.
  async #template() {
    const { api, collection } = this.#shown;
    const { records } = await this.#page.control.get(`/state/${api}/${collection}?limit=1`);
    const { members } = this.#page.apis.find(({ name }) => name === api);
    const copied = Object.entries(records[0]?.record ?? {});
    return Object.fromEntries(copied.filter(([name]) => name !== "id" && members.has(name)));
  }

  async #read(key) {
    const { control } = this.#page;
    if (this.#isWritable) return control.get(this.#path(key));
    const { api, collection } = this.#shown;
    const query = new URLSearchParams({ text: key, limit: "1000" });
    const { records } = await control.get(`/state/${api}/${collection}?${query}`);
    const found = records.find((each) => each.key === key);
    if (!found) throw new Error("It is not there any more.");
    return found.record;
  }

  #form(record) {
    const isNew = this.#shown.key === NEW;
    this.#asRead = json(record);
    this.editor = element("textarea", {
      spellcheck: "false",
      rows: "22",
      class: "mono",
      autocomplete: "off",
    });
    this.editor.value = this.#asRead;
    this.error = element("p", { class: "form-error", role: "alert" });
    const remove = button("Delete", () => attempt(() => this.#delete()), { kind: "danger" });
    return element(
      "form",
      { class: "record", on: { submit: (event) => this.#submitted(event) } },
      field("Record as JSON", this.editor, { hint: isNew ? NEW_HINT : HINT, wide: true }),
      this.error,
      element(
        "div",
        { class: "buttons" },
        button(isNew ? "Create" : "Save", null, { kind: "primary" }),
        isNew ? null : remove,
      ),
    );
  }

  #submitted(event) {
    event.preventDefault();
    this.#save().catch((error) => this.#refused(error));
  }

  async #save() {
    const record = JSON.parse(this.editor.value);
    const isNew = this.#shown.key === NEW;
    const key = isNew ? String(record?.id ?? "") : this.#shown.key;
    if (!key) throw new Error("A record is an object with an id.");
    this.#accepted();
    const before = isNew ? {} : JSON.parse(this.#asRead);
    const saved = await this.#page.control.put(this.#path(key), changed(before, record));
    this.#asRead = this.editor.value = json(saved);
    notify(`${isNew ? "Created" : "Saved"} ${key}`);
    await this.#saved(key);
  }

  #accepted() {
    this.error.textContent = "";
    this.editor.removeAttribute("aria-invalid");
  }

  #refused(error) {
    const where = error.pointer ? `${error.pointer}: ` : "";
    this.error.textContent = `Not saved. ${where}${error.message}`;
    this.editor.setAttribute("aria-invalid", "true");
    this.editor.focus();
  }

  async #delete() {
    const { key } = this.#shown;
    if (!(await confirmed(`Delete ${key}?`, { text: "No rule of the API is asked.", action: "Delete it" })))
      return;
    try {
      await this.#page.control.delete(this.#path(key));
      notify(`Deleted ${key}`);
    } catch (error) {
      complain(error);
    }
    this.editor = null;
    this.#close();
  }

  #path(key) {
    const { api, collection } = this.#shown;
    return `/state/${api}/${collection}/${encodeURIComponent(key)}`;
  }

  #pressed(event) {
    if (event.key === "Escape" && !this.isTouched()) this.#close();
  }
}

// Members as they were read are not sent back: some are the mock's own, which nobody may set.
function changed(before, record) {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return record;
  const isNew = ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value);
  return Object.fromEntries(Object.entries(record).filter(isNew));
}

function shownOnly(record) {
  return element(
    "div",
    {},
    element("p", { class: "hint" }, "Records of this collection can only be looked at."),
    block("Record as JSON", json(record)),
  );
}
