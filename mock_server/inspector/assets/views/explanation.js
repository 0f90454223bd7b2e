/** The explanation of one request: why it got its answer, and everything that was sent. */

import { copyButton } from "../dialogs.js";
import { block, button, element, facts, nothing, section, table } from "../elements.js";
import { duration, instant, json, pretty } from "../text.js";
import { methodBadge, statusBadge } from "./request_row.js";

const WHY = {
  operation: ({ operation }) => `The operation ${operation} was performed.`,
  rule: ({ answered_by: by }) => `A rule of the API refused it: ${by.name}.`,
  validation: () => "The request does not keep the contract.",
  credentials: () => "The credentials were not accepted.",
  routing: () => "No operation has this path and method.",
  steering: () => "A fault, a quota or a Prefer header asked for this answer.",
  mock: ({ answered_by: by }) =>
    by.name === "ContractBroken" ? "The answer broke the contract." : `The mock had trouble: ${by.name}.`,
};

/** The pane beside the list. */
export class ExplanationPane {
  #page;
  #close;
  #wanted = "";

  constructor(page, close) {
    this.#page = page;
    this.#close = close;
    this.element = element("aside", {
      class: "pane",
      "aria-label": "Explanation of a request",
      on: { keydown: (event) => this.#pressed(event) },
    });
  }

  /** Shows a request and moves the focus there. */
  async show(id) {
    this.#wanted = id;
    const content = await this.#content(id);
    if (this.#wanted !== id) return; // another one was opened in the meantime
    this.element.replaceChildren(...content);
    this.element.scrollTop = 0;
    this.element.querySelector("h2").focus();
  }

  async #content(id) {
    const back = button("Close", () => this.#close(), { kind: "quiet close" });
    try {
      const explanation = await this.#page.control.get(`/requests/${encodeURIComponent(id)}`);
      return [title(explanation, back), ...parts(explanation)];
    } catch (error) {
      const heading = element("h2", { tabindex: "-1" }, `No request ${id}`);
      return [element("div", { class: "pane-head" }, heading, back), nothing(error.message)];
    }
  }

  #pressed(event) {
    if (event.key === "Escape") this.#close();
  }
}

function title(explanation, back) {
  const { method, target, status } = explanation;
  const heading = element(
    "h2",
    { tabindex: "-1", class: "request-title" },
    methodBadge(method),
    " ",
    element("span", { class: "path" }, target),
    " ",
    statusBadge(status),
  );
  return element("div", { class: "pane-head" }, heading, back);
}

function parts(explanation) {
  return [
    why(explanation),
    nearMisses(explanation.near_misses),
    violations(explanation.verdict),
    details(explanation),
    changes(explanation.changes),
    deliveries(explanation.deliveries),
    message("Request", explanation.request),
    message("Answer", explanation.response),
    again(explanation.curl),
  ].filter(Boolean);
}

function why(explanation) {
  const { answered_by: by } = explanation;
  const steered = explanation.steered.filter((text) => text !== by.text);
  return section(
    "Why this answer",
    element("p", { class: "why", "data-kind": by.kind }, WHY[by.kind](explanation)),
    by.text ? element("p", { class: "quoted" }, by.text) : null,
    steered.length
      ? element(
          "ul",
          { class: "plain" },
          steered.map((text) => element("li", {}, text)),
        )
      : null,
  );
}

function details(explanation) {
  const { route, changes: written } = explanation;
  return section(
    "Details",
    facts([
      ["API", explanation.api],
      ["Operation", explanation.operation],
      ["Route", route ? route.path : ""],
      ["In the contract", route ? route.pointer : ""],
      ["Caller", explanation.caller || "nobody known"],
      ["Namespace", explanation.namespace],
      ["Request id", explanation.id],
      ["At", instant(explanation.at)],
      ["Took", duration(explanation.milliseconds)],
      ["Records written", String(written.length)],
    ]),
  );
}

function nearMisses(found) {
  if (!found.length) return null;
  const rows = found.map((near) => [
    [near.operation, element("br"), element("span", { class: "mono" }, `${near.method} ${near.path}`)],
    near.reason,
    `${Math.round(100 * near.likeness)} %`,
  ]);
  const columns = ["Operation", "What does not fit", { label: "Likeness", class: "number" }];
  return section("Did you mean", table("Operations that it is like", columns, rows, { className: "small" }));
}

function violations(verdict) {
  const rows = ["request", "response"].flatMap((part) =>
    verdict[part].errors.map((error) => [
      `${part === "request" ? "Request" : "Answer"} ${error.pointer}`,
      error.detail,
      element("span", { class: "mono" }, error.schemaPointer),
    ]),
  );
  if (!rows.length) return null;
  const columns = ["Where", "What is wrong", "In the contract"];
  return section("Breaches of the contract", table("Breaches", columns, rows, { className: "small" }));
}

function changes(written) {
  if (!written.length) return null;
  return section("Records written", ...written.map(change));
}

function change({ collection, key, before, after }) {
  const what = before === null ? "created" : after === null ? "deleted" : "changed";
  const members = after === null || before === null ? [] : differing(before, after);
  return element(
    "details",
    {},
    element("summary", {}, element("span", { class: "mono" }, `${collection} ${key}`), ` ${what}`),
    members.length
      ? table("Members that changed", ["Member", "Before", "After"], members, { className: "small" })
      : null,
    members.length ? null : block(`Record ${key}`, json(after ?? before)),
  );
}

function differing(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => [name, code(before[name]), code(after[name])]);
}

function code(value) {
  return element("code", {}, value === undefined ? "–" : JSON.stringify(value));
}

function deliveries(sent) {
  if (!sent.length) return null;
  const rows = sent.flatMap(({ url, attempts }) =>
    attempts.length
      ? attempts.map(({ at, status, text }) => [url, instant(at), status === null ? text : String(status)])
      : [[url, "not yet", ""]],
  );
  return section("Webhooks", table("Webhooks", ["URL", "At", "Answer"], rows, { className: "small" }));
}

function message(name, { headers, body }) {
  const count = Object.keys(headers).length;
  return section(
    name,
    element("details", {}, element("summary", {}, `${count} headers`), facts(Object.entries(headers))),
    body
      ? block(`Body of the ${name.toLowerCase()}`, pretty(body))
      : element("p", { class: "hint" }, "No body"),
  );
}

function again(line) {
  return section(
    "Send it again",
    element("div", { class: "copyable" }, block("curl command", line), copyButton(line, "the curl command")),
  );
}
