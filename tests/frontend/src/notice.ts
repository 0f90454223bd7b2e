/** The place where a panel says what went wrong. */

import { NoAnswer, Refused } from "./answer";
import { element } from "./dom";

export interface Notice {
  element: HTMLElement;
  /** Shows what went wrong; undefined takes it away. */
  report(trouble: unknown): void;
  /** Does some work, and shows what goes wrong in it. */
  attempt(work: () => Promise<void>): Promise<void>;
}

export function notice(): Notice {
  const place = element("p", { role: "alert" });
  const report = (trouble: unknown) => place.replaceChildren(...(trouble === undefined ? [] : explained(trouble)));
  const attempt = async (work: () => Promise<void>) => {
    report(undefined);
    await work().catch(report);
  };
  return { element: place, report, attempt };
}

function explained(trouble: unknown): (Node | string)[] {
  if (trouble instanceof NoAnswer) return [trouble.message];
  if (!(trouble instanceof Refused)) throw trouble; // a fault of ours: the console has it
  const told = [`${trouble.status}: ${trouble.message}`];
  if (trouble.retryAfter !== undefined) told.push(` Try again in ${inWords(trouble.retryAfter)}.`);
  if (trouble.explanation === undefined) return told;
  return [...told, " ", element("a", { href: trouble.explanation, target: "_blank" }, "Why?")];
}

function inWords(seconds: number): string {
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}
