/** The form for a new fault. */

import { apiOptions, operationOptions } from "../contracts.js";
import { button, element, field, select, setOptions } from "../elements.js";

const BREAKAGES = [
  ["", "None"],
  ["connection_reset", "Connection reset"],
  ["empty_response", "Empty response"],
  ["malformed_body", "Malformed body"],
  ["truncated_body", "Truncated body"],
];

/** A number as a form has it; empty fields are no numbers. */
export function numeric(attributes) {
  return element("input", { type: "number", inputmode: "decimal", step: "any", min: "0", ...attributes });
}

/** Calls `plant` with a fault as `openapi/control.yaml` wants it, and shows what `plant` refuses. */
export class FaultForm {
  #plant;

  constructor(apis, plant) {
    this.#plant = plant;
    this.api = select(apiOptions(apis), { on: { change: () => this.#apiChosen(apis) } });
    this.operation = select(operationOptions(apis, ""));
    this.status = numeric({ min: "200", max: "599", step: "1", placeholder: "503" });
    this.low = numeric({ max: "60", placeholder: "0.5" });
    this.high = numeric({ max: "60", placeholder: "the same" });
    this.breakage = select(BREAKAGES);
    this.probability = numeric({ max: "100", placeholder: "100" });
    this.first = numeric({ min: "1", step: "1", placeholder: "all" });
    this.ttl = numeric({ placeholder: "for ever" });
    this.error = element("p", { class: "form-error", role: "alert" });
    this.element = this.#build();
  }

  #build() {
    return element(
      "form",
      { class: "card", on: { submit: (event) => this.#submitted(event), input: () => this.#forget() } },
      group("Which requests", field("API", this.api), field("Operation", this.operation)),
      group(
        "What happens to them",
        field("Answered with status", this.status),
        field("Wait, in seconds", this.low),
        field("At the most, in seconds", this.high),
        field("Break the answer", this.breakage),
      ),
      group(
        "How often",
        field("Probability, in %", this.probability),
        field("Only the first", this.first),
        field("For so many seconds", this.ttl),
      ),
      this.error,
      element("div", { class: "buttons" }, button("Plant it", null, { kind: "primary" })),
    );
  }

  #apiChosen(apis) {
    setOptions(this.operation, operationOptions(apis, this.api.value));
  }

  async #submitted(event) {
    event.preventDefault();
    this.#forget();
    try {
      await this.#plant(this.#fault());
      this.element.reset();
    } catch (error) {
      this.error.textContent = `Not planted. ${error.message}`;
    }
  }

  // What was refused was another fault than the one that is being made.
  #forget() {
    this.error.textContent = "";
  }

  #fault() {
    const { low, high, probability } = this;
    const delay = low.value && { low: Number(low.value), high: Number(high.value || low.value) };
    const members = {
      api: this.api.value,
      operation: this.operation.value,
      status: this.status.value && Number(this.status.value),
      delay,
      breakage: this.breakage.value,
      probability: probability.value && Number(probability.value) / 100,
      first: this.first.value && Number(this.first.value),
      ttl: this.ttl.value && Number(this.ttl.value),
    };
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ""));
  }
}

function group(legend, ...fields) {
  return element("fieldset", {}, element("legend", {}, legend), element("div", { class: "fields" }, fields));
}
