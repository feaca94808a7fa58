/**
 * Builds the styles and scripts of the two audiences into `frontend/dist`, with a manifest the server reads.
 *
 * Names carry a hash of the content and stay as they are (hashing them again would load shared chunks twice);
 * next to each file stand its Brotli and gzip forms, which the server sends as they are.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const OUT = "frontend/dist";

function compress(): Plugin {
  return {
    name: "compress",
    apply: "build",
    closeBundle() {
      for (const entry of readdirSync(OUT, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(bytes));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  base: "/static/",
  publicDir: "frontend/public",
  plugins: [compress()],
  build: {
    manifest: "manifest.json",
    outDir: OUT,
    emptyOutDir: true,
    target: ["chrome109", "firefox115", "safari16"],
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { front: "frontend/front.ts", desk: "frontend/desk.ts" },
    },
  },
  server: { port: 5173, strictPort: true },
});
