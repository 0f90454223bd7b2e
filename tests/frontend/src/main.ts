/** The page: one API at a time, the one that the address names after `#`. */

import "./style.css";

import { deepworkzone } from "./apis/deepworkzone";
import { mobilenext } from "./apis/mobilenext";
import { viben } from "./apis/viben";
import { zipf } from "./apis/zipf";
import type { Board, Token } from "./board";
import { type Access, type ApiName, apiNames, type Config, loadConfig } from "./config";
import { element } from "./dom";
import { panel } from "./panel";

const boards: Record<ApiName, (access: Access, token: Token) => Board> = { deepworkzone, mobilenext, viben, zipf };
const main = document.querySelector("main")!;
const nav = document.querySelector("nav")!;

function start(config: Config): void {
  const signedIn = new Map<ApiName, string>();
  let shown = new AbortController();

  function show(): void {
    const name = apiNames.find((each) => `#${each}` === location.hash) ?? apiNames[0];
    const { personas } = config[name];
    const token = () => personas[signedIn.get(name) ?? Object.keys(personas)[0] ?? ""];
    shown.abort();
    shown = new AbortController();
    const chosen = (persona: string) => {
      signedIn.set(name, persona);
      show();
    };
    const board = boards[name](config[name], token);
    main.replaceChildren(...signIn(Object.keys(personas), signedIn.get(name), chosen), panel(board, shown.signal));
    nav.replaceChildren(...apiNames.map((each) => link(each, each === name)));
  }

  addEventListener("hashchange", show);
  show();
}

function link(name: ApiName, isCurrent: boolean): HTMLElement {
  return element("a", { href: `#${name}`, ...(isCurrent && { "aria-current": "page" }) }, name);
}

/** Where somebody signs in; nothing for an API that asks for no credentials. */
function signIn(personas: string[], current: string | undefined, chosen: (persona: string) => void): HTMLElement[] {
  if (personas.length === 0) return [];
  const select = element("select", {}, ...personas.map((each) => element("option", {}, each)));
  if (current !== undefined) select.value = current;
  select.addEventListener("change", () => chosen(select.value));
  return [element("label", { class: "persona" }, "Signed in as", select)];
}

loadConfig().then(start, (trouble: Error) => main.replaceChildren(element("p", { role: "alert" }, trouble.message)));
