/** The keys of the desk. None works while somebody types. */
import { openFocused } from "./cellmenu.ts";
import { keyInMove, keyMoving, startMove } from "./keymove.ts";
import { openNew } from "./opening.ts";
import { openFinding } from "./offers.ts";
import { movable } from "./block.ts";
import { lay } from "./moving.ts";
import { by } from "./page.ts";
import { closePanel } from "./panel.ts";
import { current } from "./store.ts";
import { answer } from "./toast.ts";
import { viewKey } from "./views/keys.ts";

function typing(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest("input, select, textarea, dialog, .calendar-pop") !== null;
}

function focused(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement.closest<HTMLElement>(".block") : null;
}

function moveFocused(): void {
  const shown = document.querySelector<HTMLElement>(".block.shown");
  const block = focused() ?? shown;
  if (block) startMove(current().blocks.find((each) => each.id === Number(block.dataset.block)));
}

/** Lays the focused visit, or the one the panel shows, on the strip. */
function parkFocused(): void {
  const made = focused() ?? document.querySelector<HTMLElement>(".block.shown");
  const block = current().blocks.find((each) => each.id === Number(made?.dataset.block));
  if (block && movable(block)) void lay(block, !block.facts.includes("parked"));
}

const KEYS: Record<string, () => void> = {
  "/": () => by("finder").focus(),
  n: () => openNew({}, by("new")),
  m: moveFocused,
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
