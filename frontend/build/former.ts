/** A running server still names the files of the build before: they stay for a week beside the new ones. */
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { OUT } from "./compress.ts";

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** For builds that do not empty their folder: takes away what no server can be running on any more. */
export function keepFormer(): Plugin {
  return {
    name: "keep-former",
    apply: "build",
    writeBundle(_options, bundle) {
      const fresh = new Set(Object.keys(bundle).map((name) => join(OUT, name)));
      for (const name of readdirSync(join(OUT, "assets"))) {
        const path = join(OUT, "assets", name);
        if (!fresh.has(path.replace(/\.(br|gz)$/, "")) && Date.now() - statSync(path).mtimeMs > WEEK) rmSync(path);
      }
    },
  };
}
