/** What colour means: status, service or resource, one at a time. Edges and signs of the status stay whatever it is. */
import { config } from "./page.ts";
import type { Block } from "./types.ts";
import { like } from "./views/liked.ts";

const TINTS = 8;

function choice(): HTMLSelectElement | null {
  return document.getElementById("colour") as HTMLSelectElement | null;
}

/** The class of a block's tint; empty where colour means the status. */
export function tint(block: Block): string {
  const means = choice()?.value;
  const id = means === "service" ? block.service_id : means === "resource" ? block.resource : undefined;
  return id === undefined || block.visit === undefined ? "" : ` tinted tint-${id % TINTS}`;
}

export function startColour(changed: () => void): void {
  const select = choice();
  if (!select) return;
  select.value = config.liked.colour ?? "status";
  select.addEventListener("change", () => {
    like({ colour: select.value });
    changed();
  });
}
