/** The APIs that are served: where they are, their documentation, and the well-known credentials. */

import { copyButton } from "../dialogs.js";
import { element, heading, section, table, unseen } from "../elements.js";

const COLUMNS = [
  "Persona",
  "Who",
  { label: "User", class: "mono" },
  { label: "Organizations", class: "mono" },
  "Credential",
  { label: "Copy", class: "last", hidden: true },
];

/** See `Inspector` in `main.js` for what a view is. */
export class ApisView {
  #page;

  constructor(page) {
    this.#page = page;
    this.list = element("div", {});
    const lead = "Base URLs for the namespace that is shown, and credentials that everybody may know.";
    this.element = element("div", { class: "view" }, heading("APIs and credentials", lead), this.list);
  }

  async open() {
    const { personas } = await this.#page.control.get("/personas");
    const sections = this.#page.apis.map((api) =>
      this.#section(
        api,
        personas.filter((each) => each.api === api.name),
      ),
    );
    this.list.replaceChildren(...sections);
  }

  async changed() {
    await this.open();
  }

  happened() {}

  #section(api, personas) {
    const { control } = this.#page;
    const url = `${control.origin}${control.prefix()}${api.path}`;
    const at = `${control.prefix()}/${api.name}`;
    return section(
      api.title,
      element(
        "div",
        { class: "card" },
        element(
          "p",
          { class: "copyable" },
          element("code", {}, url),
          copyButton(url, `the base URL of ${api.name}`),
        ),
        element(
          "ul",
          { class: "links" },
          [
            ["Documentation", "docs"],
            ["Contract (YAML)", "openapi.yaml"],
            ["Contract (JSON)", "openapi.json"],
          ].map(([text, file]) =>
            element("li", {}, element("a", { href: `${at}/${file}` }, text, unseen(` of ${api.name}`))),
          ),
        ),
        personas.length
          ? table(`Personas of ${api.name}`, COLUMNS, personas.map(cells), { className: "personas" })
          : element("p", { class: "hint" }, "No credentials needed."),
      ),
    );
  }
}

function cells({ name, api, note, user, organizations, token }) {
  return [
    name,
    note,
    String(user ?? ""),
    organizations.join(", "),
    element("code", { class: "cut", title: token }, token),
    copyButton(token, `the credential of ${name} for ${api}`),
  ];
}
