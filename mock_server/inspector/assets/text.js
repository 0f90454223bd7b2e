/** Values as texts for people. */

const EXACT = 15; // digits that a number keeps in JavaScript

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** JSON text with line breaks; any other text, and numbers that would lose digits, as they are. */
export function pretty(text) {
  if (new RegExp(`\\d{${EXACT + 1}}`).test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A value as JSON with line breaks. */
export function json(value) {
  return JSON.stringify(value, null, 2);
}

/** An instant as `2026-07-01 09:00:00 UTC`. */
export function instant(value) {
  return `${value.slice(0, 10)} ${value.slice(11, 19)} UTC`;
}

/** The time of day of an instant, with milliseconds. */
export function timeOfDay(value) {
  return value.slice(11, 23).replace("Z", "");
}

/** Milliseconds as people read them. */
export function duration(milliseconds) {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** `1 record`, `2 records`. */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** A scalar for the cell of a table; objects and lists in brief. */
export function brief(value) {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return `[${value.length}]`;
  if (typeof value === "object") return "{…}";
  const text = INSTANT.test(value) ? value.slice(0, 19).replace("T", " ") : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
