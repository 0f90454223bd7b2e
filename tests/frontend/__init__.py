"""The sample front end, TypeScript against the mock, and what drives it in Chromium from another origin."""
