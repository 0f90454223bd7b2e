/** What can go wrong between a test and the mock. */

/** The mock cannot be reached or started, or has no such API or persona. The message says what to do. */
export class MockServerError extends Error {
  name = "MockServerError";
}

/** Control refused a call. `status` is that of its answer, `problem` its body (RFC 9457). */
export class ControlError extends MockServerError {
  name = "ControlError";

  /**
   * @param {string} call method and path
   * @param {number} status
   * @param {Record<string, unknown>} problem
   */
  constructor(call, status, problem) {
    super(`${call}: ${status} ${problem.title ?? ""}: ${problem.detail ?? "no reason was given"}`);
    this.status = status;
    this.problem = problem;
  }
}

/** `verify` found calls missing, too many, or out of order. The message has the requests that were made. */
export class CallsNotMade extends Error {
  name = "CallsNotMade";
}
