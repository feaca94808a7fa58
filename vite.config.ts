/**
 * Builds the styles and scripts of the two audiences into `frontend/dist`, with a manifest the server reads.
 *
 * Names carry a hash of the content and stay as they are (hashing them again would load shared chunks twice);
 * next to each file stand its Brotli and gzip forms, which the server sends as they are.
 */
import { defineConfig } from "vite";
import { compress, OUT } from "./frontend/build/compress.ts";
import { keepFormer } from "./frontend/build/former.ts";
import { sharedFirst } from "./frontend/build/order.ts";

export default defineConfig({
  base: "/static/",
  publicDir: "frontend/public",
  plugins: [keepFormer(), sharedFirst(), compress()],
  build: {
    manifest: "manifest.json",
    outDir: OUT,
    emptyOutDir: false,
    target: ["chrome109", "firefox115", "safari16"],
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        front: "frontend/front.ts",
        desk: "frontend/desk.ts",
        office: "frontend/office.ts",
        room: "frontend/room.ts",
        waiting: "frontend/waiting.ts",
        tags: "frontend/tags.ts",
      },
    },
  },
  server: { port: 5173, strictPort: true },
});
