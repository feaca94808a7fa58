/** One block of the journal: a button that opens its visit, drawn by the status' fill, edge and icon. */
import { tint } from "./colour.ts";
import { length as spelled, span } from "./clock.ts";
import type { Place } from "./layout.ts";
import { config, element, icon, word } from "./page.ts";
import { riskOf } from "./risk.ts";
import { pixels } from "./scale.ts";
import type { Block, Journal } from "./types.ts";

const SIGNS: Record<string, string> = {
  requested: "clock",
  confirmed: "check",
  arrived: "arrived",
  completed: "checks",
  no_show: "person-off",
  cancelled: "cross",
  blocked: "lock",
  elsewhere: "lock",
  held: "clock",
  session: "people",
};
const FACTS: Record<string, string> = { overbooked: "alert", outside: "moon", online: "globe", new: "person-add", form: "document", note: "note", public: "shield", birthday: "cake", risk: "bell", parked: "park", series: "repeat" };
const TARGET = 24; // pixels a target takes at least (WCAG 2.5.8)
const LONG = 360; // pixels: its words follow the eye
const finger = matchMedia("(pointer: coarse)"); // too coarse for the edge of a low block
const MOVABLE = new Set(["requested", "confirmed", "arrived"]);

/** Whether this person may drag it. */
export function movable(block: Block): boolean {
  return config.may.change && block.visit !== undefined && block.role === 0 && MOVABLE.has(block.state);
}

/** Its first line: the client, or what takes the time. */
export function titled(block: Block): string {
  if (block.session !== undefined && block.visit === undefined) return block.service;
  if (block.state === "elsewhere") return word("state_elsewhere");
  const title = block.title || word(`state_${block.state}`);
  return block.seats > 1 ? `${title} × ${block.seats}` : title;
}

function second(block: Block): string {
  if (block.state === "elsewhere") return "";
  if (block.session === undefined || block.visit !== undefined) return block.service;
  return word("places", { taken: block.places ?? 0, all: block.capacity ?? 0 });
}

function named(block: Block, journal: Journal): string {
  const parts = [titled(block), second(block), span(block.s, block.e, journal.zone), word(`state_${block.state}`)];
  parts.push(...block.facts.map((fact) => (fact === "risk" ? riskOf(block) : word(`fact_${fact}`))));
  if ((block.of ?? 1) > 1) parts.push(word("of_visit", { n: block.n ?? 1, of: block.of ?? 1 }));
  return parts.filter(Boolean).join(", ");
}

function inside(block: Block, journal: Journal, high: number, part: number): Node[] {
  const signs = element("span", { class: "block-sign" }, icon(SIGNS[block.state] ?? "info"));
  const way = block.client !== undefined && config.may.clients && block.state !== "elsewhere";
  const client = way ? element("span", { class: "block-client", "data-client": block.client, title: word("client_card") }, icon("person")) : null;
  const name = element("b", { class: "block-name", dir: high < 27 ? undefined : "auto" }, titled(block), client);
  const service = second(block);
  if (high < 27) {
    const line = element("span", { class: "block-line", dir: "auto" }, name, service ? ` · ${service}` : "");
    return [line, facts(block, part < 1 ? 1 : 2), signs].filter((node): node is HTMLElement => node !== null);
  }
  const found: (Node | null)[] = [name, signs];
  if (service) found.push(element("span", { class: "block-line", dir: "auto" }, service));
  if (high >= 46) found.push(element("span", { class: "block-time" }, span(block.s, block.e, journal.zone)));
  found.push(facts(block, 3));
  return found.filter((node): node is HTMLElement => node !== null);
}

function facts(block: Block, most: number): HTMLElement | null {
  if (!block.facts.length) return null;
  return element("span", { class: "block-facts" }, ...block.facts.slice(0, most).map((fact) => icon(FACTS[fact] ?? "info")));
}

/** Pixels of its height: true to its length, so that neighbours never cover each other. */
export function tall(block: { s: number; e: number }): number {
  return Math.max(pixels(block.e - block.s) - (pixels(block.e - block.s) > 12 ? 2 : 1), 4);
}

/** Whether it can be pressed: a visit, a class or blocked time. */
function opens(block: Block): boolean {
  return block.state === "blocked" || (block.state !== "elsewhere" && (block.visit !== undefined || block.session !== undefined));
}

/** Until when a block keeps what stands below it aside: a target is never lower than a finger needs. */
export function keeps(block: Block): number {
  return opens(block) ? Math.max(block.e, block.s + TARGET / pixels(1)) : block.e;
}

/** Gives a block its height; below that of a target only its upper part, as tall as it lasts, is filled. */
export function stretch(made: HTMLElement, spot: { s: number; e: number }, least = TARGET - 2): number {
  const lasts = tall(spot);
  const high = Math.max(lasts, least);
  made.style.height = `${high}px`;
  made.style.setProperty("--lasts", `${lasts}px`);
  made.classList.toggle("block-short", high > lasts);
  return high;
}

/** The part of a block that the picture has room for: one that goes on over midnight begins at its top, or ends at its foot. */
function seen({ s, e }: Block, [first, last]: [number, number]): { s: number; e: number } {
  return s < last && e > first ? { s: Math.max(s, first), e: Math.min(e, last) } : { s, e };
}

function place(made: HTMLElement, { block, lane, lanes, wide }: Place, shown: [number, number]): number {
  const part = seen(block, shown);
  const high = stretch(made, part, opens(block) ? undefined : 0);
  made.style.top = `${pixels(part.s - shown[0]) + 1}px`;
  made.style.insetInlineStart = `calc(${(lane / lanes) * 100}% + 3px)`;
  made.style.width = `calc(${(100 * wide) / lanes}% - 6px)`;
  return high;
}

/** The element of a block. Blocks without a visit or a class behind them are no buttons. */
export function drawn(placed: Place, journal: Journal): HTMLElement {
  const { block } = placed;
  const pressed = opens(block);
  const state = block.state === "elsewhere" ? "blocked" : block.state;
  const made = element(pressed ? "button" : "div", {
    class: `block s-${state}${tint(block)}${movable(block) ? " block-moves" : ""}${block.facts.includes("parked") ? " block-parked" : ""}`,
    "data-block": block.id,
    "data-scheme": block.scheme,
    "data-visit": block.visit,
    "data-session": block.visit === undefined ? block.session : undefined,
    type: pressed ? "button" : undefined,
    "aria-label": pressed ? named(block, journal) : undefined,
  });
  const high = place(made, placed, journal.shown);
  if (high < 27) made.classList.add("block-low");
  if (high > LONG) made.classList.add("block-long");
  if (high < 12) {
    made.classList.add("block-thin");
    made.title = named(block, journal);
  }
  made.append(...inside(block, journal, high, placed.wide / placed.lanes));
  if ((block.of ?? 1) > 1) made.append(element("span", { class: "block-of", "aria-hidden": "true" }, `${block.n}/${block.of}`));
  if (block.facts.length) made.style.setProperty("--facts", String(Math.min(block.facts.length, 3)));
  if (movable(block) && block.e <= journal.shown[1] && tall(block) >= (finger.matches ? 60 : 16)) made.append(element("span", { class: "block-edge", "aria-hidden": "true" }));
  return made;
}

/** The time before and after a visit that its claim holds as well. */
export function buffers(block: Block, journal: Journal): HTMLElement[] {
  if (block.state === "cancelled") return [];
  const pieces: [number, number, string][] = [
    [block.from, block.s, "before"],
    [block.e, block.to, "after"],
  ];
  return pieces
    .filter(([s, e]) => e > s)
    .map(([s, e, name]) => {
      const made = element("div", { class: "buffer", title: `${word(name)}, ${spelled(e - s)}` });
      made.style.top = `${pixels(s - journal.shown[0])}px`;
      made.style.height = `${pixels(e - s)}px`;
      return made;
    });
}
