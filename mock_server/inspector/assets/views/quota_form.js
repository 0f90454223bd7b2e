/** The form for a new quota. */

import { apiOptions, operationOptions } from "../contracts.js";
import { button, element, field, select, setOptions } from "../elements.js";
import { numeric } from "./fault_form.js";

/** Calls `add` with a quota as `openapi/control.yaml` wants it, and shows what `add` refuses. */
export class QuotaForm {
  #add;

  constructor(apis, add) {
    this.#add = add;
    this.api = select(apiOptions(apis), { on: { change: () => this.#apiChosen(apis) } });
    this.operation = select(operationOptions(apis, ""));
    this.limit = numeric({ step: "1", required: true, value: "100" });
    this.seconds = numeric({ min: "1", required: true, value: "60" });
    this.error = element("p", { class: "form-error", role: "alert" });
    const fields = [
      field("API", this.api),
      field("Operation", this.operation),
      field("Requests of each caller", this.limit),
      field("In so many seconds", this.seconds),
    ];
    this.element = element(
      "form",
      { class: "card", "aria-label": "Add a quota", on: { submit: (event) => this.#submitted(event) } },
      element("div", { class: "fields" }, fields),
      this.error,
      element("div", { class: "buttons" }, button("Add quota", null)),
    );
  }

  #apiChosen(apis) {
    setOptions(this.operation, operationOptions(apis, this.api.value));
  }

  async #submitted(event) {
    event.preventDefault();
    this.error.textContent = "";
    const quota = { limit: Number(this.limit.value), seconds: Number(this.seconds.value) };
    if (this.api.value) quota.api = this.api.value;
    if (this.operation.value) quota.operation = this.operation.value;
    try {
      await this.#add(quota);
      this.element.reset();
    } catch (error) {
      this.error.textContent = `Not added. ${error.message}`;
    }
  }
}
