/** Questions to the user, messages, and copying. Dialogs are the browser's own: it keeps the focus inside. */

import { button, element, field, uniqueId } from "./elements.js";

const SHOWN_FOR = 6000;
const SHOWN_AT_ONCE = 2;

/** Asks before something is lost; resolves to whether it shall be. */
export function confirmed(question, { text = "", action }) {
  const dialog = dialogWith(question, text ? element("p", {}, text) : null, [
    button("Cancel", () => dialog.close(), { autofocus: true }),
    button(action, () => dialog.close("yes"), { kind: "danger" }),
  ]);
  return shown(dialog).then((answer) => answer === "yes");
}

/** Asks for the token of control; resolves to null when the user gives up. */
export function askForToken() {
  const input = element("input", { type: "password", autocomplete: "off", required: true, autofocus: true });
  const hint = "What the server was started with as --control-token. It is kept until this tab is closed.";
  const form = element(
    "form",
    { method: "dialog" },
    field("Token", input, { hint, wide: true }),
    element(
      "div",
      { class: "buttons" },
      button("Cancel", () => dialog.close()),
      button("Continue", null, { kind: "primary", value: "yes" }),
    ),
  );
  const dialog = dialogWith("This mock asks for a token", form);
  return shown(dialog).then((answer) => (answer === "yes" ? input.value : null));
}

function dialogWith(title, content, buttons = []) {
  const id = uniqueId("dialog");
  return element(
    "dialog",
    { "aria-labelledby": id },
    element("h2", { id }, title),
    content,
    buttons.length ? element("div", { class: "buttons" }, buttons) : null,
  );
}

function shown(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

/** Says that something was done. */
export function notify(text) {
  const notice = element("p", { class: "notice" }, text);
  showNotice(notice);
  setTimeout(() => notice.remove(), SHOWN_FOR);
}

/** Says what went wrong, until the user has seen it. */
export function complain(error) {
  const notice = element(
    "p",
    { class: "notice error", role: "alert" },
    element("span", {}, error.message),
    button("Dismiss", () => notice.remove(), { kind: "quiet" }),
  );
  showNotice(notice);
}

/** Takes away what was said: it was about another view. */
export function clearNotices() {
  document.getElementById("notices").replaceChildren();
}

function showNotice(notice) {
  const notices = document.getElementById("notices");
  notices.append(notice);
  while (notices.children.length > SHOWN_AT_ONCE) notices.firstElementChild.remove();
}

/** Does something and says what went wrong, if anything does. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    complain(error);
    return undefined;
  }
}

/** A button that copies a text; `what` names it for those who hear the button only. */
export function copyButton(text, what) {
  const made = button("Copy", () => copy(text, what, made), { kind: "quiet", "aria-label": `Copy ${what}` });
  return made;
}

async function copy(text, what, from) {
  try {
    await navigator.clipboard.writeText(text);
    notify(`Copied ${what}`);
  } catch {
    // Browsers have a clipboard for pages on loopback and over https only.
    const input = element("input", { readonly: true, value: text, "aria-label": what });
    from.replaceWith(input);
    input.select();
    notify("Press Ctrl+C to copy");
  }
}
