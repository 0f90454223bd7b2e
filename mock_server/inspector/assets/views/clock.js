/** The clock of the namespace: what it shows, and how it is stopped, set and moved. */

import { attempt, notify } from "../dialogs.js";
import { button, element, field, heading, section } from "../elements.js";
import { instant } from "../text.js";

const MODES = {
  system: "The time of the machine.",
  offset: "Runs, but is ahead of or behind the machine.",
  frozen: "Stands still until it is advanced, set or released.",
};
const STEPS = [
  ["1 minute", 60],
  ["1 hour", 3600],
  ["1 day", 86400],
  ["1 week", 604800],
];

/** See `Inspector` in `main.js` for what a view is. */
export class ClockView {
  #page;
  #clock = { mode: "system", now: "1970-01-01T00:00:00Z" };
  #readAt = 0;
  #isTyped = false; // the field of "Set" follows the clock until then

  constructor(page) {
    this.#page = page;
    this.time = element("p", { class: "time" });
    this.mode = element("p", { class: "mode" });
    this.moment = element("input", { type: "datetime-local", step: "1", required: true });
    this.moment.addEventListener("input", () => {
      this.#isTyped = true;
    });
    this.seconds = element("input", { type: "number", min: "0", step: "any", required: true, value: "90" });
    const lead =
      "Everything the rules say about time follows this clock: expiry, archiving, recurrences, jobs.";
    this.element = element(
      "div",
      { class: "view" },
      heading("Clock", lead),
      element("div", { class: "card dial" }, this.time, this.mode, this.#switches()),
      section("Advance", element("div", { class: "card" }, this.#steps(), this.#advanceForm())),
      section("Set", element("div", { class: "card" }, this.#setForm())),
    );
    setInterval(() => this.#tick(), 250);
  }

  async open() {
    await this.#read();
  }

  async changed() {
    await this.#read();
  }

  happened(event) {
    if (event.type === "clock") attempt(() => this.#read());
  }

  #switches() {
    this.freeze = button("Freeze", () => this.#set({ mode: "frozen" }, "The clock stands still"));
    this.release = button("Back to system time", () =>
      this.#set({ mode: "system" }, "The clock runs with the machine"),
    );
    return element("div", { class: "buttons" }, this.freeze, this.release);
  }

  #steps() {
    const buttons = STEPS.map(([name, seconds]) => button(`+ ${name}`, () => this.#advance(seconds)));
    return element("div", { class: "buttons", role: "group", "aria-label": "Advance by" }, buttons);
  }

  #advanceForm() {
    const submitted = (event) => {
      event.preventDefault();
      this.#advance(Number(this.seconds.value));
    };
    return element(
      "form",
      { class: "inline", on: { submit: submitted } },
      field("Seconds", this.seconds),
      button("Advance", null),
    );
  }

  #setForm() {
    const submitted = (event) => {
      event.preventDefault();
      const now = `${this.moment.value.padEnd(19, ":00")}Z`;
      const mode = event.submitter.value;
      this.#isTyped = false;
      this.#set({ mode, now }, `The clock was set to ${instant(now)}`);
    };
    return element(
      "form",
      { class: "inline", on: { submit: submitted } },
      field("Date and time, in UTC", this.moment),
      button("Freeze there", null, { value: "frozen", kind: "primary" }),
      button("Run on from there", null, { value: "offset" }),
    );
  }

  #set(setting, done) {
    return attempt(async () => {
      this.#show(await this.#page.control.put("/clock", setting));
      notify(done);
    });
  }

  #advance(seconds) {
    return attempt(async () => {
      this.#show(await this.#page.control.post("/clock/advance", { seconds }));
      notify(`The clock shows ${instant(this.#clock.now)}`);
    });
  }

  async #read() {
    this.#show(await this.#page.control.get("/clock"));
  }

  #show(clock) {
    this.#clock = clock;
    this.#readAt = Date.now();
    this.mode.textContent = `${clock.mode[0].toUpperCase()}${clock.mode.slice(1)}. ${MODES[clock.mode]}`;
    this.freeze.disabled = clock.mode === "frozen";
    this.release.disabled = clock.mode === "system";
    this.#tick();
  }

  #tick() {
    const { mode, now } = this.#clock;
    const passed = mode === "frozen" ? 0 : Date.now() - this.#readAt;
    const shown = new Date(Date.parse(now) + passed).toISOString();
    this.time.textContent = instant(shown);
    if (!this.#isTyped && this.moment !== document.activeElement) this.moment.value = shown.slice(0, 19);
  }
}
