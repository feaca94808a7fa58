/** Drawing a stretch on free cells: a new visit of that length. With a mouse; fingers tap and choose the length. */
import { span } from "./clock.ts";
import { columnAt, minuteAt } from "./drag.ts";
import { openNew } from "./opening.ts";
import { by, config, element } from "./page.ts";
import { pixels, slot } from "./scale.ts";
import { current } from "./store.ts";

const FAR = 8; // pixels of a hand that draws; less is a click

interface Stroke {
  resource: number;
  column: HTMLElement;
  y: number;
  from: number;
  made: HTMLElement | null;
  s: number;
  e: number;
}

let stroke: Stroke | null = null;
let swallow = false;

/** Whether the click that comes now ended a stroke. */
export function wasDrawn(): boolean {
  const yes = swallow;
  swallow = false;
  return yes;
}

/** A scale of an hour still draws by halves. */
function step(): number {
  return Math.min(slot(), 30);
}

function down(event: PointerEvent): void {
  swallow = false;
  const target = event.target as Element;
  const column = target.closest<HTMLElement>(".col");
  if (event.button !== 0 || event.pointerType !== "mouse" || !column || target.closest(".block") || !config.may.book) return;
  const resource = columnAt(event.clientX);
  const at = minuteAt(event.clientY);
  if (resource !== null) stroke = { resource, column, y: event.clientY, from: at, made: null, s: at, e: at };
}

function move(event: PointerEvent): void {
  const mine = stroke;
  if (!mine || (!mine.made && Math.abs(event.clientY - mine.y) < FAR)) return;
  if (!mine.made) {
    document.querySelector(".draft")?.remove();
    mine.made = element("div", { class: "draft draft-out", "aria-hidden": "true" });
    mine.column.append(mine.made);
  }
  const origin = current().shown[0];
  const to = minuteAt(event.clientY);
  mine.s = origin + Math.floor((Math.min(mine.from, to) - origin) / step()) * step();
  mine.e = Math.max(origin + Math.ceil((Math.max(mine.from, to) - origin) / step()) * step(), mine.s + step());
  mine.made.style.top = `${pixels(mine.s - origin) + 1}px`;
  mine.made.style.height = `${pixels(mine.e - mine.s) - 2}px`;
  mine.made.textContent = span(mine.s, mine.e, current().zone);
}

function up(): void {
  const mine = stroke;
  stroke = null;
  if (!mine?.made) return;
  mine.made.remove();
  swallow = true;
  window.setTimeout(() => (swallow = false), 0);
  openNew({ resource: mine.resource, minute: mine.s, minutes: mine.e - mine.s }, by("journal"));
}

function cancel(): void {
  stroke?.made?.remove();
  swallow = stroke?.made != null;
  stroke = null;
}

export function startDragOut(): void {
  by("journal").addEventListener("pointerdown", down);
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", up);
  window.addEventListener("pointercancel", cancel);
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !stroke?.made) return;
    event.stopImmediatePropagation();
    cancel();
  }, true);
}
