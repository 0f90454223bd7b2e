/** A journal as text, for people whose test has failed. */

/**
 * A line for each request, the oldest first.
 *
 * @param {readonly import("./index.js").RequestSummary[]} requests the newest first
 */
export function journal(requests) {
  const lines = requests.toReversed().map((each) => {
    const name = each.operation || "no operation has this path and method";
    return `  ${each.method} ${each.target} -> ${each.status} ${name}`;
  });
  return lines.join("\n") || "  no requests";
}
