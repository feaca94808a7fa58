/** A lifted block, by mouse, touch or keys alike: legal starts tinted, a tip with the verdict, then drop or back. */
import { drawn, stretch } from "./block.ts";
import { atWall, span, wallMinutes } from "./clock.ts";
import { goTo } from "./days.ts";
import { get } from "./net.ts";
import { by, config, element, say, word } from "./page.ts";
import { explain, lay, move, reasons } from "./moving.ts";
import { pixels } from "./scale.ts";
import { blocksOf, current, freeze, redraw } from "./store.ts";
import { toast } from "./toast.ts";
import type { Block, Spot } from "./types.ts";

export interface Lift {
  block: Block;
  from: Spot;
  spot: Spot;
  alone: boolean;
  resizing: boolean;
  /** All blocks of its visit, also those of the day it was lifted from. */
  family: Block[];
  /** The day that was shown when it was lifted. */
  home: string;
  legal: Map<number, Set<number>> | null;
  ghost: HTMLElement;
  tip: HTMLElement;
}

export const LEAST = 5; // minutes a visit lasts; a hand that makes it less is told so, and it stays

let lifted: Lift | null = null;
let thinking = 0;

/** What is lifted now. */
export function liftedNow(): Lift | null {
  return lifted;
}

export function column(resource: number): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.col[data-resource="${resource}"]`);
}

export interface Hold {
  alone?: boolean;
  resizing?: boolean;
  family?: Block[];
}

/** Takes the block up; its old place stays outlined. One of another day (a parked one) comes to its hour of this day. */
export function lift(block: Block, wish: Hold = {}): Lift {
  clear();
  freeze(true);
  const from = { resource: block.resource, s: block.s, e: block.e };
  const ghost = drawn({ block, lane: 0, lanes: 1, wide: 1 }, current());
  ghost.classList.add("ghost");
  ghost.setAttribute("tabindex", "-1");
  ghost.setAttribute("aria-hidden", "true");
  const tip = element("div", { class: "drop-tip", "aria-hidden": "true" });
  const family = wish.family ?? blocksOf(block.visit ?? 0);
  const kind = { alone: wish.alone ?? false, resizing: wish.resizing ?? false };
  lifted = { block, from, spot: from, ...kind, family, home: current().date, legal: null, ghost, tip };
  document.body.classList.add(lifted.resizing ? "resizing" : "lifting");
  bring(lifted);
  document.dispatchEvent(new CustomEvent("desk:lifted"));
  return lifted;
}

/** Puts what is lifted into the day that is shown, at the same hour of the wall clock. */
function bring(mine: Lift): void {
  const { block } = mine;
  const day = current();
  document.querySelector(`.block[data-block="${block.id}"]`)?.classList.add("left-behind");
  mine.legal = null;
  if (!mine.resizing) void load(mine);
  const inside = mine.spot.s >= day.day.s && mine.spot.s < day.day.e;
  const s = inside ? mine.spot.s : (atWall(wallMinutes(mine.spot.s, day.zone), day) ?? day.shown[0]);
  const known = day.resources.some((each) => each.id === mine.spot.resource);
  const resource = known ? mine.spot.resource : (day.resources[0]?.id ?? mine.spot.resource);
  show({ resource, s, e: s + mine.spot.e - mine.spot.s });
}

/** After the picture was drawn anew the lifted block hangs in it again. */
export function startLift(): void {
  document.addEventListener("desk:day", () => lifted && bring(lifted));
}

async function load(mine: Lift): Promise<void> {
  const { block, alone } = mine;
  const values = { visit: block.visit, appointment: block.appointment, alone, location: config.location, date: current().date };
  try {
    const found = await get<{ starts: Record<string, number[]> }>("starts.json", values);
    if (lifted !== mine) return;
    mine.legal = new Map(Object.entries(found.starts).map(([resource, starts]) => [Number(resource), new Set(starts)]));
    tint(mine);
    show(mine.spot);
    document.dispatchEvent(new CustomEvent("desk:legal"));
  } catch {
    if (lifted === mine) mine.legal = null; // the drop itself will tell
  }
}

/** Merges the stretches legal starts can fill and draws each as one tinted area. */
function tint(mine: Lift): void {
  const long = mine.block.e - mine.block.s;
  for (const [resource, starts] of mine.legal ?? []) {
    const target = column(resource);
    let open: [number, number] | null = null;
    for (const start of [...starts].sort((a, b) => a - b)) {
      if (open && start <= open[1]) open[1] = Math.max(open[1], start + long);
      else {
        if (open) target?.prepend(area(open));
        open = [start, start + long];
      }
    }
    if (open) target?.prepend(area(open));
  }
}

function area([s, e]: [number, number]): HTMLElement {
  const made = element("div", { class: "legal" });
  made.style.top = `${pixels(s - current().shown[0])}px`;
  made.style.height = `${pixels(e - s)}px`;
  return made;
}

function tooShort(): string {
  return word("too_short", { n: LEAST });
}

/** Whether a drop here is known to be allowed; undefined while the server has not said. */
export function allowed(mine: Lift, spot: Spot): boolean | undefined {
  if (mine.resizing && spot.e - spot.s < LEAST) return false;
  if (same(spot, mine.from)) return true;
  if (!mine.legal) return undefined;
  return mine.legal.get(spot.resource)?.has(spot.s) ?? false;
}

function same(a: Spot, b: Spot): boolean {
  return a.resource === b.resource && a.s === b.s && a.e === b.e;
}

/** The nearest legal start within reach, so that a hand need not be exact. */
export function near(mine: Lift, spot: Spot, reach: number): Spot {
  const starts = mine.legal?.get(spot.resource);
  if (!starts || starts.has(spot.s)) return spot;
  let best: number | null = null;
  for (const start of starts) {
    if (Math.abs(start - spot.s) <= reach && (best === null || Math.abs(start - spot.s) < Math.abs(best - spot.s))) best = start;
  }
  return best === null ? spot : { ...spot, s: best, e: best + spot.e - spot.s };
}

export function verdict(mine: Lift, spot: Spot): string {
  if (same(spot, mine.from)) return word("here");
  if (mine.resizing) return allowed(mine, spot) === false ? tooShort() : "";
  const yes = allowed(mine, spot);
  return yes === undefined ? word("checking") : word(yes ? "free" : "not_free");
}

/** Shows the block at a spot, with the tip beside it. */
export function show(spot: Spot): void {
  const mine = lifted;
  const target = column(spot.resource);
  if (!mine || !target) return;
  const changed = !same(mine.spot, spot);
  mine.spot = spot;
  if (mine.ghost.parentElement !== target) target.append(mine.ghost);
  mine.ghost.style.top = `${pixels(spot.s - current().shown[0]) + 1}px`;
  stretch(mine.ghost, spot);
  const clock = mine.ghost.querySelector(".block-time");
  if (clock) clock.textContent = span(spot.s, spot.e, current().zone);
  mine.ghost.classList.toggle("refused", allowed(mine, spot) === false);
  tell(mine, verdict(mine, spot));
  if (target.contains(mine.tip) === false) target.append(mine.tip);
  const last = target === document.querySelector(".hours > .col:last-child");
  mine.tip.classList.toggle("tip-left", last && current().resources.length > 1);
  mine.tip.style.top = mine.ghost.style.top;
  if (changed && !mine.resizing && allowed(mine, spot) === false) think(mine, spot);
}

function tell(mine: Lift, text: string): void {
  const { spot } = mine;
  const times = element("b", {}, span(spot.s, spot.e, current().zone));
  mine.tip.replaceChildren(times, text ? `, ${text}` : "", element("small", {}, word("puts_back")));
}

/** Asks for the reason when the hand rests somewhere illegal. */
function think(mine: Lift, spot: Spot): void {
  window.clearTimeout(thinking);
  thinking = window.setTimeout(async () => {
    const found = await reasons(mine.block, spot, mine.alone);
    if (lifted === mine && same(mine.spot, spot) && found[0]) tell(mine, found[0]);
  }, 180);
}

function clear(): void {
  if (!lifted) return;
  window.clearTimeout(thinking);
  lifted?.ghost.remove();
  lifted?.tip.remove();
  document.querySelectorAll(".legal").forEach((made) => made.remove());
  document.querySelectorAll(".left-behind").forEach((made) => made.classList.remove("left-behind"));
  document.body.classList.remove("lifting", "resizing");
  lifted = null;
  document.dispatchEvent(new CustomEvent("desk:lifted"));
}

/** Puts it back where it was; the day it was lifted from is shown again. */
export function putBack(): void {
  const home = lifted?.home;
  if (home === undefined) return;
  clear();
  freeze(false);
  void goTo(home);
}

/** Lays what is lifted on the strip instead. */
export async function dropAside(): Promise<void> {
  const mine = lifted;
  if (!mine) return;
  clear();
  freeze(false);
  await lay(mine.block, true);
}

/** Drops it where it is shown. */
export async function drop(): Promise<void> {
  const mine = lifted;
  if (!mine) return;
  const { block, spot, alone, resizing, family } = mine;
  const yes = allowed(mine, spot);
  clear();
  freeze(false);
  focusBlock(block.visit);
  if (same(spot, mine.from)) return block.facts.includes("parked") ? lay(block, false) : undefined;
  if (yes === false && resizing) {
    redraw();
    const text = word("stays", { reason: tooShort() });
    toast(text, [], "alert");
    say(text);
    return;
  }
  if (yes === false) {
    redraw();
    await explain(block, spot, { alone, family });
    return;
  }
  const going = move(block, spot, { alone, resized: resizing, family }); // drawn at once, where it may be another day's
  focusBlock(block.visit);
  await going;
}

/** Gives the focus to a visit's first block. */
export function focusBlock(visit: number | undefined): void {
  by("journal").querySelector<HTMLElement>(`.block[data-visit="${visit}"]`)?.focus({ preventScroll: true });
}
