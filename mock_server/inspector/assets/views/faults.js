/** What goes wrong in the namespace on purpose: faults, quotas, and answers that break their contract. */

import { attempt, complain, notify } from "../dialogs.js";
import { button, element, field, heading, nothing, redraw, section, select, table } from "../elements.js";
import { FaultForm } from "./fault_form.js";
import { QuotaForm } from "./quota_form.js";

const VALIDATION = [
  ["strict", "Refuse it with a 500 that says where (strict)"],
  ["warn", "Log it and send it (warn)"],
  ["off", "Do not look (off)"],
];

/** See `Inspector` in `main.js` for what a view is. */
export class FaultsView {
  #page;

  constructor(page) {
    this.#page = page;
    this.faults = element("div", {});
    this.quotas = element("div", {});
    this.validation = select(VALIDATION, { on: { change: () => this.#setValidation() } });
    const faultForm = new FaultForm(page.apis, (fault) => this.#add("/faults", fault, "Fault added"));
    const quotaForm = new QuotaForm(page.apis, (quota) => this.#add("/quotas", quota, "Quota added"));
    const lead = "The first fault that fits a request strikes it. Calls of control are never struck.";
    this.element = element(
      "div",
      { class: "view" },
      heading("Faults", lead),
      section("Planted", this.faults),
      section("Plant a fault", faultForm.element),
      section("Quotas", this.quotas, quotaForm.element),
      section(
        "Checked answers",
        element("div", { class: "card" }, field("An answer that breaks its contract", this.validation)),
      ),
    );
  }

  async open() {
    const { control } = this.#page;
    const calls = ["/faults", "/quotas", "/settings"].map((path) => control.get(path));
    const [{ faults }, { quotas }, { validation }] = await Promise.all(calls);
    redraw(this.faults, this.#faultTable(faults));
    redraw(this.quotas, this.#quotaTable(quotas));
    this.validation.value = validation;
  }

  async changed() {
    await this.open();
  }

  happened(event) {
    if (["faults", "quotas", "settings"].includes(event.type)) attempt(() => this.open());
  }

  #faultTable(faults) {
    if (!faults.length)
      return nothing("No faults", element("p", {}, "Every request is answered as it should be."));
    const rows = faults.map((fault) => [
      effect(fault),
      target(fault),
      limits(fault),
      `${fault.fired} of ${fault.seen}`,
      this.#removeButton("/faults", fault.id, `the fault ${effect(fault)}`),
    ]);
    const columns = ["Effect", "Requests", "How often", { label: "Struck", class: "number" }, LAST];
    return table("Faults", columns, rows);
  }

  #quotaTable(quotas) {
    if (!quotas.length)
      return nothing("No quotas", element("p", {}, "Callers may send as much as they like."));
    const rows = quotas.map((quota) => [
      `${quota.limit} in ${quota.seconds} s`,
      target(quota),
      String(quota.refused),
      this.#removeButton("/quotas", quota.id, `the quota of ${quota.limit} in ${quota.seconds} s`),
    ]);
    return table(
      "Quotas",
      ["For each caller", "Requests", { label: "Refused", class: "number" }, LAST],
      rows,
    );
  }

  #removeButton(path, id, what) {
    const remove = () => attempt(() => this.#remove(path, id, what));
    return button("Remove", remove, { kind: "quiet", "aria-label": `Remove ${what}` });
  }

  async #remove(path, id, what) {
    await this.#page.control.delete(`${path}/${id}`);
    notify(`Removed ${what}`);
    await this.open();
    this.element.querySelector("h1").focus();
  }

  async #add(path, body, done) {
    await this.#page.control.post(path, body);
    notify(done);
    await this.open();
  }

  async #setValidation() {
    try {
      await this.#page.control.put("/settings", { validation: this.validation.value });
      notify(`Changed the check of answers to ${this.validation.value}`);
    } catch (error) {
      complain(error);
    }
  }
}

const LAST = { label: "Remove", class: "last", hidden: true };

function effect({ status, delay, breakage }) {
  const wait = delay && (delay.low === delay.high ? `${delay.low} s` : `${delay.low} to ${delay.high} s`);
  const parts = [
    wait ? `wait ${wait}` : "",
    status === null ? "" : `status ${status}`,
    breakage === null ? "" : breakage.replaceAll("_", " "),
  ];
  return parts.filter(Boolean).join(", ");
}

function target({ api, operation }) {
  return [api, operation].filter(Boolean).join(" · ") || "all";
}

function limits({ probability, first, ttl }) {
  const parts = [
    probability === 1 ? "" : `${Math.round(100 * probability)} %`,
    first === null ? "" : `the first ${first}`,
    ttl === null ? "" : `for ${ttl} s`,
  ];
  return parts.filter(Boolean).join(", ") || "always";
}
