/** Dragging by mouse or finger: a few pixels lift with a mouse, a long press with a finger; the lower edge resizes. */
import { movable } from "./block.ts";
import { away, goTo } from "./days.ts";
import { edgeOf } from "./edge.ts";
import { keyMoving, stayInHand } from "./keymove.ts";
import { drop, dropAside, lift, liftedNow, near, putBack, show } from "./lift.ts";
import { by } from "./page.ts";
import { pixels, slot } from "./scale.ts";
import { current } from "./store.ts";
import type { Block, Spot } from "./types.ts";

const FAR = 4; // pixels a mouse moves before the block is lifted
const PRESS = 350; // milliseconds a finger rests before it is
const EDGE = 40; // pixels from the border at which another day comes
const DWELL = 600; // milliseconds the hand rests over a day, or at the side, before that day comes
export const SNAP = 5; // minutes

interface Grip {
  block: Block;
  pointer: number;
  x: number;
  y: number;
  /** Minutes between the block's start and the point it was taken at. */
  inside: number;
  resizing: boolean;
  touch: boolean;
  alone: boolean;
  timer: number;
}

let grip: Grip | null = null;
let swallow = false;
let resting = { over: "", timer: 0 };

function blockAt(target: EventTarget | null): [Block, HTMLElement] | null {
  const found = target instanceof Element ? target.closest<HTMLElement>(".block[data-block]:not(.ghost)") : null;
  const block = current().blocks.find((each) => each.id === Number(found?.dataset.block));
  return found && block ? [block, found] : null;
}

/** The epoch minute at a height of the picture. */
export function minuteAt(y: number): number {
  const top = document.querySelector(".lines")?.getBoundingClientRect().top ?? 0;
  return current().shown[0] + ((y - top) / pixels(60)) * 60;
}

/** The column under a point. */
export function columnAt(x: number): number | null {
  for (const made of document.querySelectorAll<HTMLElement>(".col")) {
    const { left, right } = made.getBoundingClientRect();
    if (x >= left && x < right) return Number(made.dataset.resource);
  }
  return null;
}

/** The start of the slot under a point. */
export function slotAt(y: number): number {
  const step = Math.min(slot(), 30);
  const origin = current().shown[0];
  return origin + Math.floor((minuteAt(y) - origin) / step) * step;
}

function take(event: PointerEvent): void {
  swallow = false;
  const found = keyMoving() ? null : blockAt(event.target);
  if (!found || event.button !== 0 || !movable(found[0])) return;
  const [block] = found;
  const touch = event.pointerType !== "mouse";
  const resizing = event.target instanceof Element && event.target.closest(".block-edge") !== null;
  const inside = minuteAt(event.clientY) - block.s;
  grip = { block, pointer: event.pointerId, x: event.clientX, y: event.clientY, inside, resizing, touch, alone: event.ctrlKey, timer: 0 };
  if (touch) grip.timer = window.setTimeout(start, PRESS);
}

function start(): void {
  if (!grip) return;
  lift(grip.block, { alone: grip.alone, resizing: grip.resizing });
  by("journal").setPointerCapture(grip.pointer); // the picture may be drawn anew under the hand
  if (grip.touch && "vibrate" in navigator) navigator.vibrate(12);
}

function spotAt(mine: Grip, x: number, y: number): Spot {
  const { block } = mine;
  const at = minuteAt(y);
  const round = (minute: number): number => Math.round((minute - block.s) / SNAP) * SNAP + block.s;
  if (mine.resizing) return { resource: block.resource, s: block.s, e: Math.max(round(at), block.s) }; // at its start it lasts nothing, and says so
  const s = round(at - mine.inside);
  const resource = columnAt(x) ?? liftedNow()?.spot.resource ?? block.resource;
  return { resource, s, e: s + block.e - block.s };
}

function go(event: PointerEvent): void {
  if (!grip || event.pointerId !== grip.pointer) return;
  const far = Math.hypot(event.clientX - grip.x, event.clientY - grip.y) > FAR;
  const mine = liftedNow();
  if (!mine) {
    if (!far) return;
    if (grip.touch) letGo(); // a scroll, not a press
    else start();
    return;
  }
  event.preventDefault();
  bring(grip, event.clientX, event.clientY);
  edge.at(event.clientX, event.clientY);
  if (!grip.resizing) rest(dayAt(event));
}

/** Shows what is lifted under the hand. */
function bring(mine: Grip, x: number, y: number): void {
  const lifted = liftedNow();
  const spot = spotAt(mine, x, y);
  if (lifted) show(mine.resizing ? spot : near(lifted, spot, Math.max(SNAP, slot() / 2)));
}

/** The day under the hand: a day of the strip, or the one beside at the border of a picture that ends there. */
function dayAt(event: PointerEvent): string {
  const over = document.elementFromPoint(event.clientX, event.clientY);
  const chip = over?.closest<HTMLElement>("[data-day]")?.dataset.day;
  document.getElementById("shelf")?.classList.toggle("shelf-over", Boolean(over?.closest("#shelf")) && !chip);
  if (chip) return chip;
  const root = by("journal");
  const { left, right, top, bottom } = root.getBoundingClientRect();
  if (event.clientY < top || event.clientY > bottom) return "";
  const { date, next, previous } = current();
  if (event.clientX > right - EDGE / 2 && root.scrollLeft + root.clientWidth >= root.scrollWidth - 1) return next ?? away(date, 1);
  return event.clientX < left + EDGE / 2 && root.scrollLeft <= 0 ? (previous ?? away(date, -1)) : "";
}

/** Goes to a day the hand rests over. */
function rest(over: string): void {
  if (over === resting.over) return;
  window.clearTimeout(resting.timer);
  resting = { over, timer: over ? window.setTimeout(() => void goTo(over).then(() => (resting.over = "")), DWELL) : 0 };
}

const edge = edgeOf(() => by("journal"), { top: 80, start: 52 }, (x, y) => grip && bring(grip, x, y));

function letGo(): void {
  window.clearTimeout(grip?.timer);
  edge.stop();
  rest("");
  grip = null;
}

function end(event: PointerEvent): void {
  window.setTimeout(() => (swallow = false), 0); // the click comes before; a later Enter is none of the drag's
  if (!grip || event.pointerId !== grip.pointer) return;
  letGo();
  if (!liftedNow()) return;
  swallow = true; // the click that follows is no wish to open the panel
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("#shelf, [data-day]");
  if (over?.dataset.day) void goTo(over.dataset.day).then(stayInHand);
  else if (over && !liftedNow()?.resizing) void dropAside();
  else void drop();
}

function cancel(): void {
  if (grip && liftedNow()) putBack();
  letGo();
}

/** Whether the click that comes now belongs to a drag. */
export function wasDrag(): boolean {
  const yes = swallow;
  swallow = false;
  return yes;
}

export function startDrag(): void {
  const root = by("journal");
  root.addEventListener("pointerdown", take);
  window.addEventListener("pointermove", go);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", cancel);
  root.addEventListener("touchmove", (event) => liftedNow() && event.preventDefault(), { passive: false });
  root.addEventListener("contextmenu", (event) => grip?.touch && event.preventDefault());
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && grip && liftedNow()) {
      swallow = true;
      cancel();
    }
  });
}
