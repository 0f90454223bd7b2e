import { defineConfig } from "@playwright/test";

export default defineConfig({
  testMatch: "*.test.js",
  fullyParallel: true,
  workers: 2,
  timeout: 120_000, // slow machines
  reporter: [["json", { outputFile: "outcomes.json" }]],
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: JSON.parse(process.env.CHROMIUM_ARGUMENTS),
      chromiumSandbox: process.env.CHROMIUM_SANDBOX === "1",
    },
  },
});
