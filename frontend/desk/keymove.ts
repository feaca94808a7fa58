/** Move mode: `m` lifts the focused block; arrows choose the time and the person, Enter drops, Escape puts it back. */
import { movable, titled } from "./block.ts";
import { span, time } from "./clock.ts";
import { column, drop, focusBlock, lift, liftedNow, putBack, show, verdict, type Lift } from "./lift.ts";
import { reasons } from "./moving.ts";
import { by, say, word } from "./page.ts";
import { SNAP } from "./drag.ts";
import { slot } from "./scale.ts";
import { current } from "./store.ts";
import type { Spot } from "./types.ts";

let active = false;
let telling = 0;

/** Whether the keys move a block now. */
export function keyMoving(): boolean {
  return active && liftedNow() !== null;
}

/** Lifts the visit's block by keys. */
export function startMove(id: number): void {
  const block = current().blocks.find((each) => each.id === id);
  if (!block || !movable(block)) {
    say(word("cannot_move"));
    return;
  }
  lift(block);
  active = true;
  by("journal").focus({ preventScroll: true });
  say(word("move_mode", { name: titled(block) }));
}

function who(resource: number): string {
  return current().resources.find((each) => each.id === resource)?.name ?? "";
}

function announce(mine: Lift): void {
  const { spot } = mine;
  const values = { time: span(spot.s, spot.e, current().zone), who: who(spot.resource) };
  const known = verdict(mine, spot);
  say(word("spot", { ...values, verdict: known }));
  window.clearTimeout(telling);
  if (known !== word("not_free")) return;
  telling = window.setTimeout(async () => {
    const found = await reasons(mine.block, spot, mine.alone).catch(() => []);
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

function next(spot: Spot, event: KeyboardEvent): Spot | null {
  const step = event.shiftKey ? SNAP : Math.min(slot(), 30);
  if (event.key === "ArrowDown") return later(spot, step);
  if (event.key === "ArrowUp") return later(spot, -step);
  if (event.key === "ArrowRight") return beside(spot, 1);
  if (event.key === "ArrowLeft") return beside(spot, -1);
  return null;
}

/** Handles a key in move mode. */
export function keyInMove(event: KeyboardEvent): void {
  const mine = liftedNow();
  if (!mine) return;
  const spot = next(mine.spot, event);
  if (spot) {
    event.preventDefault();
    show(spot);
    column(spot.resource)?.querySelector(".ghost")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    announce(mine);
  } else if (event.key === "Enter") {
    event.preventDefault();
    active = false;
    void drop();
  } else if (event.key === "Escape") {
    event.preventDefault();
    active = false;
    const { block } = mine;
    putBack();
    focusBlock(block.visit);
    say(word("put_back", { name: titled(block), time: time(block.s, current().zone), who: who(block.resource) }));
  }
}

export function startKeyMove(): void {
  document.addEventListener("desk:legal", () => {
    const mine = liftedNow();
    if (mine && active) announce(mine);
  });
}
