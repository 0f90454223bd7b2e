/** One request as a row of the list. */

import { element, row, unseen } from "../elements.js";
import { duration, instant, timeOfDay } from "../text.js";

/** What answered a request, by the kinds that `openapi/control.yaml` has. */
export const OUTCOMES = {
  operation: "Answered",
  rule: "Refused by a rule",
  validation: "Invalid request",
  credentials: "Not authenticated",
  routing: "No operation",
  steering: "Fault, quota or Prefer",
  mock: "Trouble in the mock",
};
export const COLUMNS = [
  { label: "Request", class: "target" },
  { label: "Status", class: "status" },
  { label: "Outcome", class: "outcome" },
  { label: "Caller", class: "caller" },
  { label: "Namespace", class: "namespace" },
  { label: "Took", class: "number took" },
  { label: "At", class: "number at" },
];

/** The row of one request; its first cell links to the explanation. */
export function requestRow(request) {
  const link = element(
    "a",
    { href: `#/requests/${encodeURIComponent(request.id)}`, title: request.target },
    methodBadge(request.method),
    " ",
    element("span", { class: "path" }, request.target),
  );
  const cells = [
    link,
    statusBadge(request.status),
    outcome(request),
    request.caller,
    request.namespace,
    duration(request.milliseconds),
    element("time", { datetime: request.at, title: instant(request.at) }, timeOfDay(request.at)),
  ];
  return row(cells, COLUMNS, { "data-id": request.id });
}

/** The method of a request. */
export function methodBadge(method) {
  return element("span", { class: "method" }, method);
}

/** A status, coloured by its class. */
export function statusBadge(status) {
  return element("span", { class: "badge", "data-class": String(status)[0] }, String(status));
}

function outcome({ answered_by: by, operation, steered }) {
  const marks = steered.length && by.kind !== "steering" ? " · fault or Prefer" : "";
  const told = by.kind === "rule" ? by.name : OUTCOMES[by.kind];
  if (by.kind === "operation") return [element("span", { class: "mono" }, operation), marks];
  return [
    by.kind === "rule" ? unseen("Refused: ") : null,
    element("span", { class: by.kind === "rule" ? "verdict mono" : "verdict", "data-kind": by.kind }, told),
    marks,
  ];
}
