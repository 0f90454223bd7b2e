export default { test: { globalSetup: "./mock-server.js", include: ["*.test.js"] } };
