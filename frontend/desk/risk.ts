/** How likely a visit is missed, in words with its reasons, for whoever shows a block's details. */
import { word } from "./page.ts";
import type { Block } from "./types.ts";

export function riskOf(block: Block): string {
  if (!block.risk) return "";
  const [percent, missed, of, days] = block.risk;
  return word("risk", { percent, missed, of, days });
}
