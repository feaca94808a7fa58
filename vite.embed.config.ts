/**
 * Builds what other sites load: one plain script without imports, at an address that stays (`/static/embed-1.js`).
 *
 * The number is the version of what those sites write into their pages; a change that would break them gets the next.
 */
import { defineConfig } from "vite";
import { compress, OUT } from "./frontend/build/compress.ts";

export default defineConfig({
  publicDir: false,
  plugins: [compress()],
  build: {
    outDir: OUT,
    emptyOutDir: false,
    target: ["chrome109", "firefox115", "safari16"],
    lib: { entry: "frontend/embed/loader.ts", formats: ["iife"], name: "visita", fileName: () => "embed-1.js" },
  },
});
