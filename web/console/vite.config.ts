import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The API is reached under the origin that serves the page; while developing, under the local system's front door.
const api = process.env["API"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/console/",
  resolve: { alias: { "@shared": fileURLToPath(new URL("../shared", import.meta.url)) } },
  plugins: [react()],
  server: { host: "127.0.0.1", proxy: { "/v1": { target: api, changeOrigin: true } } },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack)[\\/]/ },
          ],
        },
      },
    },
  },
  test: { include: ["tests/unit/**/*.test.{ts,tsx}"], restoreMocks: true },
});
