/** Hands on the week board: a few pixels lift with a mouse, a long press with a finger, `m` with the keys. */
import { edgeOf } from "../edge.ts";
import { say, word } from "../page.ts";
import { answer } from "../toast.ts";
import { startUndo } from "../undo.ts";
import { announce, carried, cellNow, cellOf, drop, over, putBack, take, turn, type Held } from "./carry.ts";

const FAR = 4; // pixels
const PRESS = 350; // milliseconds

interface Grip {
  item: HTMLElement;
  pointer: number;
  x: number;
  y: number;
  touch: boolean;
  timer: number;
  ghost: HTMLElement | null;
}

let grip: Grip | null = null;
let swallow = false;

function heldBy(item: HTMLElement): Held {
  return JSON.parse(item.dataset.move ?? "{}") as Held;
}

function itemAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-move]") : null;
}

function grasp(event: PointerEvent): void {
  swallow = false;
  const item = itemAt(event.target);
  if (!item || event.button !== 0 || carried()) return;
  const touch = event.pointerType !== "mouse";
  grip = { item, pointer: event.pointerId, x: event.clientX, y: event.clientY, touch, timer: 0, ghost: null };
  if (touch) grip.timer = window.setTimeout(lift, PRESS);
}

function lift(): void {
  if (!grip) return;
  const { item, x, y } = grip;
  const box = item.getBoundingClientRect();
  const ghost = item.cloneNode(true) as HTMLElement;
  ghost.classList.add("board-ghost");
  ghost.removeAttribute("href");
  ghost.setAttribute("aria-hidden", "true");
  Object.assign(ghost.style, { width: `${box.width}px`, left: `${box.left - x}px`, top: `${box.top - y}px`, translate: `${x}px ${y}px` });
  document.body.append(ghost);
  grip.ghost = ghost;
  board().setPointerCapture(grip.pointer);
  take(heldBy(item));
  if (grip.touch && "vibrate" in navigator) navigator.vibrate(12);
}

function board(): HTMLElement {
  return document.getElementById("board") as HTMLElement;
}

function go(event: PointerEvent): void {
  if (!grip || event.pointerId !== grip.pointer) return;
  const { clientX: x, clientY: y } = event;
  if (!grip.ghost) {
    if (Math.hypot(x - grip.x, y - grip.y) <= FAR) return;
    if (grip.touch) return letGo(); // a scroll, not a press
    lift();
  }
  event.preventDefault();
  if (grip.ghost) grip.ghost.style.translate = `${x}px ${y}px`;
  under(x, y);
  edge.at(x, y);
}

function under(x: number, y: number): void {
  const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>("td[data-date]");
  if (cell) over(Number(cell.dataset.resource), cell.dataset.date ?? "");
}

const edge = edgeOf(board, { top: 48, start: 150 }, under);

function letGo(): void {
  window.clearTimeout(grip?.timer);
  grip?.ghost?.remove();
  edge.stop();
  grip = null;
}

function end(event: PointerEvent): void {
  if (!grip || event.pointerId !== grip.pointer) return;
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("td[data-date]");
  letGo();
  if (!carried()) return;
  swallow = true; // the click that follows is no wish to open the day
  window.setTimeout(() => (swallow = false), 0);
  if (cell) void drop();
  else putBack();
}

function cancel(): void {
  letGo();
  putBack();
}

/** The cell beside the one it is over; the ends are the ends. */
function step(down: number, along: number): void {
  const cell = cellNow() as HTMLTableCellElement | null;
  const row = cell?.parentElement as HTMLTableRowElement | null;
  if (!cell || !row) return;
  const rows = [...(row.parentElement?.children ?? [])] as HTMLTableRowElement[];
  const there = rows[Math.min(Math.max(rows.indexOf(row) + down, 0), rows.length - 1)];
  const next = there?.cells[Math.min(Math.max(cell.cellIndex + along, 1), row.cells.length - 1)];
  if (!next) return;
  over(Number(next.dataset.resource), next.dataset.date ?? "");
  cellOf(Number(next.dataset.resource), next.dataset.date ?? "")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function steps(): Record<string, () => void> {
  const along = document.documentElement.dir === "rtl" ? -1 : 1;
  return { ArrowDown: () => step(1, 0), ArrowUp: () => step(-1, 0), ArrowRight: () => step(0, along), ArrowLeft: () => step(0, -along) };
}

function inHand(event: KeyboardEvent): boolean {
  const by = event.shiftKey ? { ArrowDown: () => turn(1), ArrowUp: () => turn(-1) }[event.key] : steps()[event.key];
  if (by) {
    by();
    announce();
  } else if (event.key === "Enter") void drop();
  else if (event.key === "Escape") cancel();
  else return false;
  return true;
}

function pressed(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const item = itemAt(document.activeElement);
  let done = false;
  if (carried()) done = inHand(event);
  else if (event.key === "m" && item) {
    take(heldBy(item));
    say(word("board_mode", { name: heldBy(item).name }));
    done = true;
  }
  if (event.key === "a" && !carried() && !(document.activeElement instanceof Element && document.activeElement.closest("input, select, textarea, dialog"))) {
    answer();
    done = true;
  }
  if (!done) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // the arrows mean no other week now
}

export function startBoardMove(): void {
  const root = board();
  if (root.dataset.zone === undefined) return;
  root.addEventListener("pointerdown", grasp);
  window.addEventListener("pointermove", go);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", () => grip && cancel());
  root.addEventListener("dragstart", (event) => event.preventDefault());
  root.addEventListener("touchmove", (event) => carried() && event.preventDefault(), { passive: false });
  root.addEventListener("contextmenu", (event) => grip?.touch && event.preventDefault());
  root.addEventListener("click", (event) => swallow && event.preventDefault(), { capture: true });
  document.addEventListener("keydown", pressed, { capture: true });
  startUndo();
}
