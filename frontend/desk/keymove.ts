/** Move mode: `m` lifts the focused block; arrows or the pointer choose the place, Enter or a press drops, Escape puts it back. */
import { movable, titled } from "./block.ts";
import { span, time } from "./clock.ts";
import { away, goTo } from "./days.ts";
import { columnAt, minuteAt, SNAP } from "./drag.ts";
import { allowed, column, drop, dropAside, focusBlock, lift, liftedNow, near, LEAST, putBack, show, verdict, type Hold, type Lift } from "./lift.ts";
import { reasons } from "./moving.ts";
import { by, say, word } from "./page.ts";
import { slot } from "./scale.ts";
import { current } from "./store.ts";
import type { Block, Spot } from "./types.ts";

let active = false;
let telling = 0;

/** Whether a block is in hand without a pressed button now. */
export function keyMoving(): boolean {
  return active && liftedNow() !== null;
}

/** Takes a block in hand; `family` are all blocks of its visit where the day shown has not all of them. */
export function startMove(block: Block | undefined, family?: Block[]): void {
  takeUp(block, "move_mode", family ? { family } : {});
}

/** The same for its end alone. */
export function startResize(block: Block | undefined): void {
  takeUp(block, "resize_mode", { resizing: true });
}

function takeUp(block: Block | undefined, mode: string, hold: Hold): void {
  if (!block || !movable(block)) {
    say(word("cannot_move"));
    return;
  }
  lift(block, hold);
  stayInHand();
  say(word(mode, { name: titled(block) }));
}

/** What is lifted stays so after the pointer lets go: over a day, where it shall be dropped next. */
export function stayInHand(): void {
  active = true;
  by("journal").focus({ preventScroll: true });
}

function who(resource: number): string {
  return current().resources.find((each) => each.id === resource)?.name ?? "";
}

function announce(mine: Lift): void {
  const { spot } = mine;
  const values = { time: span(spot.s, spot.e, current().zone), who: who(spot.resource) };
  const known = verdict(mine, spot);
  say(known ? word("spot", { ...values, verdict: known }) : `${values.time}, ${values.who}`);
  window.clearTimeout(telling);
  if (known !== word("not_free")) return;
  telling = window.setTimeout(async () => {
    const found = await reasons(mine.block, spot, mine.alone);
    if (liftedNow() === mine && mine.spot === spot && found[0]) say(word("spot", { ...values, verdict: found[0] }));
  }, 400);
}

function later(spot: Spot, by: number): Spot {
  const [first, last] = current().shown;
  const s = Math.min(Math.max(spot.s + by, first), last - (spot.e - spot.s));
  return { ...spot, s, e: s + spot.e - spot.s };
}

function beside(spot: Spot, by: number): Spot {
  const ids = current().resources.map((each) => each.id);
  const at = ids.indexOf(spot.resource) + by;
  return { ...spot, resource: ids[Math.min(Math.max(at, 0), ids.length - 1)] ?? spot.resource };
}

/** The same start, and another end. */
function longer(spot: Spot, by: number): Spot {
  return { ...spot, e: Math.max(spot.e + by, spot.s + LEAST) };
}

function resized(spot: Spot, event: KeyboardEvent): Spot | null {
  const step = event.shiftKey ? SNAP : Math.min(slot(), 30);
  if (event.key === "ArrowDown") return longer(spot, step);
  return event.key === "ArrowUp" ? longer(spot, -step) : null;
}

function next(spot: Spot, event: KeyboardEvent): Spot | null {
  const step = event.shiftKey ? SNAP : Math.min(slot(), 30);
  if (event.key === "ArrowDown") return later(spot, step);
  if (event.key === "ArrowUp") return later(spot, -step);
  if (event.key === "ArrowRight") return beside(spot, 1);
  if (event.key === "ArrowLeft") return beside(spot, -1);
  return null;
}

function letGo(mine: Lift): void {
  active = false;
  const { block } = mine;
  putBack();
  focusBlock(block.visit);
  say(word("put_back", { name: titled(block), time: time(block.s, current().zone), who: who(block.resource) }));
}

/** What the other keys do in move mode: another day, drop, the strip, back. */
const DEEDS: Record<string, (mine: Lift) => void> = {
  PageDown: () => void goTo(current().next ?? away(current().date, 1)),
  PageUp: () => void goTo(current().previous ?? away(current().date, -1)),
  Enter: () => {
    active = false;
    void drop();
  },
  p: () => {
    active = false;
    void dropAside();
  },
  Escape: letGo,
};

/** Handles a key in move mode. */
export function keyInMove(event: KeyboardEvent): void {
  const mine = liftedNow();
  if (!mine || event.ctrlKey || event.metaKey) return;
  const spot = mine.resizing ? resized(mine.spot, event) : next(mine.spot, event);
  const deed = mine.resizing && !["Enter", "Escape"].includes(event.key) ? undefined : DEEDS[event.key];
  const chip = event.key === "Enter" && event.target instanceof Element && event.target.closest(".shelf");
  if ((!spot && !deed) || chip) return;
  event.preventDefault();
  if (deed) return deed(mine);
  if (!spot) return;
  show(spot);
  column(spot.resource)?.querySelector(".ghost")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  announce(mine);
}

/** Where the pointer is, with the block hanging at its upper edge. */
function pointed(event: MouseEvent, mine: Lift): Spot | null {
  const resource = columnAt(event.clientX);
  if (resource === null) return null;
  const s = Math.round((minuteAt(event.clientY) - mine.block.s) / SNAP) * SNAP + mine.block.s;
  if (mine.resizing) return { ...mine.from, e: Math.max(s, mine.from.s) };
  return near(mine, { resource, s, e: s + mine.block.e - mine.block.s }, Math.max(SNAP, slot() / 2));
}

function follow(event: PointerEvent): void {
  const mine = liftedNow();
  if (!mine || !active || !(event.target as Element).closest(".col")) return;
  const spot = pointed(event, mine);
  if (spot) show(spot);
}

/** A press drops where that is allowed; elsewhere it stays in hand and says why. */
function pressed(event: MouseEvent): void {
  const mine = liftedNow();
  if (!mine || !active || !(event.target as Element).closest(".col")) return;
  event.stopPropagation();
  event.preventDefault();
  const spot = pointed(event, mine);
  if (!spot) return;
  show(spot);
  if (allowed(mine, spot) === false) return announce(mine);
  active = false;
  void drop();
}

export function startKeyMove(): void {
  const root = by("journal");
  root.addEventListener("pointermove", follow);
  root.addEventListener("click", pressed, { capture: true });
  document.addEventListener("desk:legal", () => {
    const mine = liftedNow();
    if (mine && active) announce(mine);
  });
}
