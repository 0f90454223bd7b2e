import { defineConfig } from "vite";

// Relative addresses: what is built can be served below any path.
export default defineConfig({ base: "./", server: { host: "127.0.0.1" } });
