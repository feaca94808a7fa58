/** What a booking by right would stand over: named before the second press, so that nobody overbooks unawares. */
import { span } from "./clock.ts";
import { word } from "./page.ts";
import { titled } from "./block.ts";
import { current } from "./store.ts";

/** The visits and blocks of a resource within [s, e) on the shown day, but those of the visit that moves itself. */
function over(resource: number, s: number, e: number, but?: number): string[] {
  const { blocks, zone } = current();
  const there = blocks.filter((block) => block.resource === resource && block.state !== "cancelled" && block.from < e && block.to > s);
  return there.filter((block) => but === undefined || block.visit !== but).map((block) => `${titled(block)} ${span(block.s, block.e, zone)}`);
}

/** The words of the button that books all the same: over whom, or outside working time. */
export function anyway(resource: number, s: number, e: number, but?: number): string {
  const names = over(resource, s, e, but);
  if (names.length) return word("anyway_over", { names: names.join(", ") });
  const work = current().resources.find((column) => column.id === resource)?.work ?? [];
  return word(work.some(([from, to]) => from <= s && e <= to) ? "anyway" : "anyway_outside");
}
