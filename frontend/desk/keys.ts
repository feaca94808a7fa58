/** The keys of the desk. None works while somebody types. */
import { openFocused } from "./cellmenu.ts";
import { keyInMove, keyMoving, startMove, startResize } from "./keymove.ts";
import { openNew } from "./opening.ts";
import { openFinding } from "./offers.ts";
import { movable } from "./block.ts";
import { lay } from "./moving.ts";
import { by } from "./page.ts";
import { closePanel } from "./panel.ts";
import { current } from "./store.ts";
import { answer } from "./toast.ts";
import type { Block } from "./types.ts";
import { viewKey } from "./views/keys.ts";

function typing(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest("input, select, textarea, dialog, .calendar-pop") !== null;
}

function focused(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement.closest<HTMLElement>(".block") : null;
}

/** The block with the focus, or of the visit the panel shows. */
function chosen(): Block | undefined {
  const made = focused() ?? document.querySelector<HTMLElement>(".block.shown");
  return current().blocks.find((each) => each.id === Number(made?.dataset.block));
}

/** Lays it on the strip. */
function parkFocused(): void {
  const block = chosen();
  if (block && movable(block)) void lay(block, !block.facts.includes("parked"));
}

const KEYS: Record<string, () => void> = {
  "/": () => by("finder").focus(),
  n: () => openNew({}, by("new")),
  m: () => chosen() && startMove(chosen()),
  e: () => chosen() && startResize(chosen()),
  p: parkFocused,
  f: openFinding,
  a: answer,
  ".": openFocused,
  "?": () => by<HTMLDialogElement>("help").showModal(),
};

function pressed(event: KeyboardEvent): void {
  if (keyMoving()) return keyInMove(event);
  if (event.key === "Escape" && !document.querySelector("dialog[open], details.menu[open]")) return closePanel();
  if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow") && event.target instanceof Element && event.target.closest("[role=tab], #panel")) return;
  const act = KEYS[event.key] ?? viewKey(event.key);
  if (!act) return;
  event.preventDefault();
  act();
}

export function startKeys(): void {
  document.addEventListener("keydown", pressed);
  by("help-open").addEventListener("click", () => by<HTMLDialogElement>("help").showModal());
}
