/** Asking again and again until something is over. */

import { Refused } from "./answer";

const PAUSE = 1; // seconds

/**
 * Calls `look` once a second, until it returns true or `signal` is aborted.
 *
 * `report` gets what goes wrong, and undefined when it goes well again. What cannot get better ends it; a server
 * that says when it wants to be asked again is not asked before.
 */
export async function poll(
  look: () => Promise<boolean>,
  report: (trouble: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let pause = PAUSE;
    try {
      const over = await look();
      report(undefined);
      if (over) return;
    } catch (trouble) {
      report(trouble);
      if (trouble instanceof Refused && !trouble.passes) return;
      if (trouble instanceof Refused) pause = trouble.retryAfter ?? PAUSE;
    }
    await new Promise((resume) => setTimeout(resume, pause * 1000));
  }
}
