/**
 * A running mock-server, and worlds in it: what tests in JavaScript use. Needs Node 20 and nothing else.
 */
export { CallsNotMade, ControlError, MockServerError } from "./errors.js";
export { connect, start } from "./server.js";
