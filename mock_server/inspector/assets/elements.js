/**
 * Elements and the small parts that all views are made of.
 *
 * Whatever is shown goes in as text nodes and attributes: nothing that a client sent is ever read as markup.
 */

let identifiers = 0;

/** An id that no other element has. */
export function uniqueId(prefix) {
  identifiers += 1;
  return `${prefix}-${identifiers}`;
}

/**
 * An element. Attributes that are `false`, `null` or `undefined` are left out, `true` stands for an empty
 * one; `on` holds listeners by event. Children are elements or texts; `null` is passed over.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute === "on") {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(attribute, value === true ? "" : value);
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button; `kind` is `primary`, `danger`, `quiet` or nothing. */
export function button(label, onClick, { kind = "", ...attributes } = {}) {
  const type = onClick ? "button" : "submit";
  return element(
    "button",
    { type, class: kind || null, on: onClick ? { click: onClick } : {}, ...attributes },
    label,
  );
}

/** A control with its label above and, if given, a hint below. */
export function field(label, control, { hint = "", wide = false } = {}) {
  control.id ||= uniqueId("field");
  const described = hint ? element("p", { class: "hint", id: `${control.id}-hint` }, hint) : null;
  if (described) control.setAttribute("aria-describedby", described.id);
  return element(
    "div",
    { class: wide ? "field wide" : "field" },
    element("label", { for: control.id }, label),
    control,
    described,
  );
}

const NAME = "[A-Za-z0-9._\\-]{1,64}";
const NAME_HINT = "Letters, digits, . _ -";

/** An input for the name of a namespace or snapshot, as the control API takes it. */
export function nameInput() {
  return element("input", {
    required: true,
    pattern: NAME,
    title: NAME_HINT,
    autocomplete: "off",
    spellcheck: "false",
  });
}

/** The field around such an input. */
export function nameField(input) {
  return field("Name", input, { hint: NAME_HINT });
}

/** A select. Options are texts, or pairs of value and text; an option list with a `group` is a group. */
export function select(options, { value = "", ...attributes } = {}) {
  const made = element("select", attributes);
  setOptions(made, options, value);
  return made;
}

/** Replaces the options of a select and keeps, or sets, what is chosen. */
export function setOptions(made, options, value = made.value) {
  made.replaceChildren(
    ...options.map((each) =>
      each.group ? element("optgroup", { label: each.group }, each.options.map(option)) : option(each),
    ),
  );
  made.value = value;
  if (made.selectedIndex < 0) made.selectedIndex = 0;
}

function option(each) {
  const [value, text] = Array.isArray(each) ? each : [each, each];
  return element("option", { value }, text);
}

/**
 * A table. `columns` are texts, or objects with `label`, `class` and `hidden` (a label for screen readers
 * only). `rows` are arrays of cells: texts, elements or arrays of them; the first cell heads its row.
 */
export function table(caption, columns, rows, { className = "" } = {}) {
  const described = columns.map((column) => (typeof column === "string" ? { label: column } : column));
  const head = described.map(({ label, class: kind, hidden }) =>
    element("th", { scope: "col", role: "columnheader", class: kind }, hidden ? unseen(label) : label),
  );
  return element(
    "table",
    { class: className, role: "table" },
    element("caption", { class: "unseen" }, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)),
    element(
      "tbody",
      { role: "rowgroup" },
      rows.map((cells) => row(cells, described)),
    ),
  );
}

/** A row of a `table`. Roles are written out: the narrow layout changes `display`, which would take them. */
export function row(cells, columns, attributes = {}) {
  const made = cells.map((cell, at) => {
    const { class: kind, label, hidden } = columns[at];
    return at === 0
      ? element("th", { scope: "row", role: "rowheader", class: kind }, cell)
      : element("td", { role: "cell", class: kind, "data-label": hidden ? null : label }, cell);
  });
  return element("tr", { role: "row", ...attributes }, made);
}

/** Text for screen readers only. */
export function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

/** A list of terms, each with its value; values that are empty are left out. */
export function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return element(
    "dl",
    { class: "facts" },
    shown.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value))),
  );
}

/** A block of text as it is, which the keyboard can scroll. */
export function block(label, text) {
  return element("pre", { tabindex: "0", role: "group", "aria-label": label }, element("code", {}, text));
}

/** Puts children in the place of those there are; what had the focus has it again, if it is still there. */
export function redraw(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? identity(document.activeElement) : null;
  parent.replaceChildren(...children);
  if (focused === null) return;
  [...parent.querySelectorAll("a, button")].find((each) => identity(each) === focused)?.focus();
}

function identity(made) {
  return made.getAttribute("href") ?? made.getAttribute("aria-label") ?? made.textContent;
}

/** What stands where there is nothing to show. */
export function nothing(title, ...children) {
  return element("div", { class: "nothing" }, element("p", { class: "nothing-title" }, title), ...children);
}

/** The head of a view: its heading, what it is for, and what can be done. */
export function heading(title, text, ...actions) {
  return element(
    "div",
    { class: "head" },
    element(
      "div",
      {},
      element("h1", { tabindex: "-1" }, title),
      text ? element("p", { class: "lead" }, text) : null,
    ),
    actions.length ? element("div", { class: "actions" }, actions) : null,
  );
}

/** A section with a heading of the second level. */
export function section(title, ...children) {
  const id = uniqueId("section");
  return element("section", { "aria-labelledby": id }, element("h2", { id }, title), ...children);
}
