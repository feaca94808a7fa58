/** Styles that several pages share stand before a page's own, whatever order the bundler lists them in. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { OUT } from "./compress.ts";

type Manifest = Record<string, { file: string; css?: string[] }>;

/** Rewrites the lists of the manifest: a later rule of a page's own wins over the shell's, as its source says. */
export function sharedFirst(): Plugin {
  return {
    name: "shared-first",
    apply: "build",
    closeBundle() {
      const path = join(OUT, "manifest.json");
      const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
      const shared = new Set(Object.entries(manifest).flatMap(([key, one]) => (key.startsWith("_") ? [one.file] : [])));
      for (const one of Object.values(manifest)) {
        one.css?.sort((left, right) => Number(shared.has(right)) - Number(shared.has(left)));
      }
      writeFileSync(path, JSON.stringify(manifest, null, 2));
    },
  };
}
