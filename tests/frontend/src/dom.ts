/** The few kinds of element that the page is made of. */

import type { Field } from "./board";

type Child = Node | string;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function button(label: string, pressed: () => void): HTMLButtonElement {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", pressed);
  return made;
}

/** A form whose only button is `label`; `submitted` gets what was entered, by name. */
export function form(
  label: string,
  fields: Field[],
  submitted: (values: Record<string, string>) => void,
): HTMLFormElement {
  const labels = fields.map(({ label: text, name, value, type = "text" }) =>
    element("label", {}, text, element("input", { name, value, type })),
  );
  const made = element("form", {}, ...labels, element("button", {}, label));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    submitted(Object.fromEntries([...new FormData(made)].map(([name, value]) => [name, String(value)])));
  });
  return made;
}

export function status(text: string): HTMLSpanElement {
  return element("span", { class: "status" }, text);
}

/** A moment as people of this place and time zone write it. */
export function moment(timestamp: string): string {
  return new Date(timestamp).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
