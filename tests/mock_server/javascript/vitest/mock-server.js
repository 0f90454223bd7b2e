import { startMockServer } from "session-contracts-mock-server/vitest";

export default startMockServer({ apis: ["viben"] });
