/**
 * The menu of a cell: what can be done at this time with this person. Opened by the right button, a long press or the
 * keys `.` and "menu"; a plain click still books. Any part of the desk adds its entries here:
 *
 *     addEntry({ label: () => word("paste_here"), sign: "move", visible: (cell) => parked() > 0, run: (cell) => drop(cell) });
 */
import { time } from "./clock.ts";
import { columnAt, minuteAt, slotAt } from "./drag.ts";
import { by, element, icon } from "./page.ts";
import { slot } from "./scale.ts";
import { current } from "./store.ts";
import type { Block } from "./types.ts";

/** A place in the picture: a minute of a resource, what stands there, and whether it is outside working time. */
export interface Cell {
  resource: number;
  minute: number;
  block: Block | null;
  closed: boolean;
  /** Where the focus goes back to. */
  from: HTMLElement;
}

export interface Entry {
  label: (cell: Cell) => string;
  sign: string;
  visible: (cell: Cell) => boolean;
  run: (cell: Cell) => void;
}

const entries: Entry[] = [];
const PRESS = 450; // milliseconds a finger rests on a cell
const FAR = 8; // pixels after which it is a scroll
let open: HTMLElement | null = null;
let pressed = 0;
let swallow = false;

/** Adds an entry; they stand in the order in which they were added. */
export function addEntry(entry: Entry): void {
  entries.push(entry);
}

/** Whether the click that comes now only ended a long press, or closed the menu. */
export function wasMenu(): boolean {
  const yes = swallow;
  swallow = false;
  return yes;
}

function cellOf(resource: number, minute: number, block: Block | null, from: HTMLElement): Cell {
  const work = current().resources.find((column) => column.id === resource)?.work ?? [];
  return { resource, minute, block, closed: !work.some(([s, e]) => s <= minute && minute < e), from };
}

function blockOf(target: Element): Block | null {
  const id = target.closest<HTMLElement>(".block[data-block]")?.dataset.block;
  return current().blocks.find((block) => block.id === Number(id)) ?? null;
}

/** The cell under a point of the picture. */
function at(target: Element, x: number, y: number): Cell | null {
  const resource = columnAt(x);
  if (resource === null || !target.closest(".col")) return null;
  const block = blockOf(target);
  const from = target.closest<HTMLElement>("button.block") ?? by("journal");
  return cellOf(resource, block ? minuteAt(y) : slotAt(y), block, from);
}

/** The cell the keys mean: the focused block's, else the present (or the first work) of the first column in sight. */
function focused(): [Cell, DOMRect] | null {
  const made = document.activeElement?.closest<HTMLElement>(".block[data-block]");
  const block = made ? blockOf(made) : null;
  if (made && block) return [cellOf(block.resource, block.s, block, made), made.getBoundingClientRect()];
  const column = [...document.querySelectorAll<HTMLElement>(".col")].find((each) => each.offsetParent !== null);
  if (!column) return null;
  const { shown, resources } = current();
  const resource = Number(column.dataset.resource);
  const first = resources.find((each) => each.id === resource)?.work[0]?.[0] ?? shown[0];
  const now = Math.floor(Date.now() / 60_000 / slot()) * slot();
  const minute = now >= shown[0] && now < shown[1] ? now : first;
  return [cellOf(resource, minute, null, by("journal")), column.getBoundingClientRect()];
}

/** Opens the menu of the focused cell. */
export function openFocused(): void {
  const found = focused();
  if (!found) return;
  const [cell, box] = found;
  show(cell, box.left + 12, Math.max(box.top, by("journal").getBoundingClientRect().top) + 24);
}

function head(cell: Cell): string {
  const who = current().resources.find((column) => column.id === cell.resource)?.name ?? "";
  return `${time(cell.block?.s ?? cell.minute, current().zone)}, ${who}`;
}

/** Closes the menu; the focus goes back to where it came from. */
function close(back: HTMLElement | null): void {
  open?.remove();
  open = null;
  back?.focus({ preventScroll: true });
}

function item(entry: Entry, cell: Cell): HTMLButtonElement {
  const made = element("button", { type: "button", role: "menuitem", tabindex: "-1" }, icon(entry.sign), entry.label(cell));
  made.addEventListener("click", () => {
    close(cell.from);
    entry.run(cell);
  });
  return made;
}

function walk(menu: HTMLElement, event: KeyboardEvent, cell: Cell): void {
  const items = [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const here = items.indexOf(document.activeElement as HTMLElement);
  const to: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 };
  event.stopPropagation();
  if (event.key === "Escape" || event.key === "Tab") return close(cell.from);
  const next = to[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[(next + items.length) % items.length]?.focus();
}

function show(cell: Cell, x: number, y: number): void {
  close(null);
  const fitting = entries.filter((entry) => entry.visible(cell));
  if (!fitting.length) return;
  const made = element("div", { class: "cell-menu", role: "menu", "aria-label": head(cell) }, element("p", { class: "cell-menu-head", "aria-hidden": "true" }, head(cell)));
  made.append(...fitting.map((entry) => item(entry, cell)));
  made.addEventListener("keydown", (event) => walk(made, event, cell));
  by("main").append(made);
  const { width, height } = made.getBoundingClientRect();
  made.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  made.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
  open = made;
  made.querySelector<HTMLElement>("[role=menuitem]")?.focus();
}

function asked(event: MouseEvent): void {
  const target = event.target as Element;
  if (open?.contains(target)) return;
  const cell = at(target, event.clientX, event.clientY);
  if (cell === null && !target.closest(".block, .journal")) return;
  event.preventDefault();
  if (pressed === -1) return; // the long press has opened it already
  if (cell) show(cell, event.clientX, event.clientY);
  else openFocused();
}

/** A finger that rests on a free cell; on a block it lifts (drag.ts). */
function press(event: PointerEvent): void {
  swallow = false;
  if (open && !open.contains(event.target as Node)) {
    close(null);
    swallow = true;
  }
  window.clearTimeout(pressed);
  pressed = 0;
  const target = event.target as Element;
  if (event.pointerType === "mouse" || target.closest("button.block") || !target.closest(".col")) return;
  const [x, y] = [event.clientX, event.clientY];
  const stop = (move: PointerEvent): void => {
    if (move.type === "pointermove" && Math.hypot(move.clientX - x, move.clientY - y) < FAR) return;
    window.clearTimeout(pressed);
    for (const kind of ["pointermove", "pointerup", "pointercancel"] as const) window.removeEventListener(kind, stop);
  };
  for (const kind of ["pointermove", "pointerup", "pointercancel"] as const) window.addEventListener(kind, stop);
  pressed = window.setTimeout(() => {
    pressed = -1;
    swallow = true;
    const cell = at(target, x, y);
    if (cell) show(cell, x, y);
  }, PRESS);
}

export function startCellMenu(): void {
  const root = by("journal");
  root.addEventListener("contextmenu", asked);
  root.addEventListener("pointerdown", press);
  document.addEventListener("pointerdown", (event) => {
    if (open && !open.contains(event.target as Node) && !root.contains(event.target as Node)) close(null);
  });
  root.addEventListener("scroll", () => close(null));
  document.addEventListener("desk:drawn", () => open && !open.isConnected && (open = null));
}
