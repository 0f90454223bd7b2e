/** Puts the page together: namespace, views, and what the event stream tells. */

import { loadApis } from "./contracts.js";
import { Control } from "./control.js";
import { askForToken, attempt, clearNotices, confirmed, notify } from "./dialogs.js";
import { element, setOptions } from "./elements.js";
import { listen } from "./stream.js";
import { instant } from "./text.js";
import { ApisView } from "./views/apis.js";
import { ClockView } from "./views/clock.js";
import { FaultsView } from "./views/faults.js";
import { NamespacesView } from "./views/namespaces.js";
import { RequestsView } from "./views/requests.js";
import { SnapshotsView } from "./views/snapshots.js";
import { StateView } from "./views/state.js";

const VIEWS = {
  requests: ["Requests", RequestsView],
  state: ["State", StateView],
  snapshots: ["Snapshots", SnapshotsView],
  clock: ["Clock", ClockView],
  faults: ["Faults", FaultsView],
  namespaces: ["Namespaces", NamespacesView],
  apis: ["APIs and credentials", ApisView],
};
const CONNECTION = { live: "Live", lost: "Reconnecting" };

/**
 * The page. A view has `element`, `open(rest)` for the parts of the address behind its name, `changed()` for
 * another namespace and `happened(event)`; one that can lose what was typed has `isEdited()`. It gets this
 * object and uses what is public here.
 */
class Inspector {
  #views = new Map();
  #current = "";
  #links = new Map();
  #address = ""; // of what is shown
  #leaving = null;

  constructor() {
    this.control = new Control(window.location, askForToken);
    this.namespaces = [];
    this.apis = [];
  }

  async start() {
    this.#connectPage();
    this.apis = await loadApis(this.control);
    for (const [name, [, View]] of Object.entries(VIEWS)) this.#views.set(name, new View(this));
    await this.refreshNamespaces();
    await this.#route();
    listen(
      this.control,
      (event) => this.#happened(event),
      (state) => this.#connection(state),
    );
  }

  /** Shows another namespace; what is open stays open. */
  async switchTo(namespace, done = `Switched to ${namespace}`) {
    this.control.namespace = namespace;
    window.history.pushState(null, "", this.control.page(namespace) + window.location.hash);
    this.#address = window.location.href;
    await this.#namespaceChanged();
    notify(done);
  }

  /** Goes to a view, or into one. */
  go(...parts) {
    window.location.hash = `#/${parts.map(encodeURIComponent).join("/")}`;
  }

  /** Reads again which namespaces there are. */
  async refreshNamespaces() {
    this.namespaces = (await this.control.get("/namespaces")).namespaces;
    const names = this.namespaces.map((each) => each.name);
    if (!names.includes(this.control.namespace)) names.push(this.control.namespace);
    setOptions(document.getElementById("namespace"), names, this.control.namespace);
    await this.#showClock();
  }

  #connectPage() {
    const list = document.getElementById("views");
    for (const [name, [title]] of Object.entries(VIEWS)) {
      const link = element("a", { href: `#/${name}` }, title);
      this.#links.set(name, link);
      list.append(element("li", {}, link));
    }
    const namespace = document.getElementById("namespace");
    namespace.addEventListener("change", () => attempt(() => this.#chosen(namespace)));
    document.getElementById("skip").addEventListener("click", (event) => {
      event.preventDefault();
      document.querySelector("main h1").focus();
    });
    window.addEventListener("hashchange", () => attempt(() => this.#moved()));
    window.addEventListener("popstate", () => attempt(() => this.#cameBack()));
  }

  async #chosen(namespace) {
    if (await this.#mayLeave()) await this.switchTo(namespace.value);
    else namespace.value = this.control.namespace;
  }

  async #moved() {
    if (await this.#mayLeave()) await this.#route({ isByUser: true });
    else window.history.replaceState(null, "", this.#address);
  }

  // One step back can be to another view and to another namespace, and asks once.
  #mayLeave() {
    if (!this.#views.get(this.#current)?.isEdited?.()) return Promise.resolve(true);
    const text = "Your changes to the record are not saved.";
    this.#leaving ??= confirmed("Discard the changes?", { text, action: "Discard them" }).finally(() => {
      this.#leaving = null;
    });
    return this.#leaving;
  }

  async #route({ isByUser = false } = {}) {
    const [, wanted, ...rest] = window.location.hash.split("/").map(decodeURIComponent);
    const name = this.#views.has(wanted) ? wanted : "requests";
    const view = this.#views.get(name);
    const isOther = name !== this.#current;
    this.#address = window.location.href;
    if (isOther) {
      clearNotices();
      this.#current = name;
      document.title = `${VIEWS[name][0]} - Inspector`;
      for (const link of this.#links.values()) link.removeAttribute("aria-current");
      const link = this.#links.get(name);
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "center" }); // on a phone not all of them fit
      document.getElementById("main").replaceChildren(view.element);
      window.scrollTo(0, 0);
    }
    await view.open(rest);
    if (isOther && isByUser && !rest.length) view.element.querySelector("h1").focus();
  }

  async #cameBack() {
    const { namespace } = new Control(window.location, askForToken);
    if (namespace === this.control.namespace) return;
    if (!(await this.#mayLeave())) {
      window.history.replaceState(null, "", this.#address);
      return;
    }
    this.control.namespace = namespace;
    this.#address = window.location.href;
    await this.#namespaceChanged();
  }

  async #namespaceChanged() {
    await this.refreshNamespaces();
    await this.#views.get(this.#current).changed();
  }

  #happened(event) {
    if (event.type === "missed") {
      attempt(() => this.#namespaceChanged());
      return;
    }
    if (event.type === "namespace") this.#namespaceHappened(event.data);
    if (event.type === "clock" && this.#isHere(event)) attempt(() => this.#showClock());
    // Requests are collected whichever view is open; everything else is read when its view is opened.
    this.#views.get("requests").collect(event);
    if (this.#isHere(event)) this.#views.get(this.#current).happened(event);
  }

  #isHere(event) {
    const about = event.data.namespace;
    return about === undefined || about === this.control.namespace || this.#current === "namespaces";
  }

  #namespaceHappened({ namespace, change }) {
    if (change === "deleted" && namespace === this.control.namespace) {
      notify(`The namespace ${namespace} was deleted`);
      attempt(() => this.switchTo("default"));
    } else if (change === "begun" && namespace === this.control.namespace) {
      attempt(() => this.#namespaceChanged());
    } else {
      attempt(() => this.refreshNamespaces());
    }
  }

  #connection(state) {
    const shown = document.getElementById("connection");
    if (shown.dataset.state === state) return;
    shown.dataset.state = state;
    shown.textContent = CONNECTION[state];
  }

  async #showClock() {
    const { mode, now } = await this.control.get("/clock");
    const chip = document.getElementById("clock");
    const texts = { system: "System time", offset: "Clock is offset", frozen: `Frozen at ${instant(now)}` };
    chip.textContent = texts[mode];
    chip.dataset.mode = mode;
  }
}

attempt(() => new Inspector().start());
