/** A visit's small card beside its block: after a moment under the pointer, or under the focus of the keys. */
import { liftedNow } from "./lift.ts";
import { part } from "./net.ts";
import { by, element } from "./page.ts";
import { current } from "./store.ts";

const PAUSE = 300; // milliseconds before it shows
const LEAVE = 180; // milliseconds in which the pointer may cross over to it
const KEPT = 60; // cards kept, so that a second look costs nothing

const known = new Map<string, string>();
let timer = 0;
let shown: HTMLElement | null = null;
let about: HTMLElement | null = null;

function hide(): void {
  window.clearTimeout(timer);
  about?.removeAttribute("aria-describedby");
  shown?.remove();
  shown = about = null;
}

function later(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(hide, LEAVE);
}

/** Beside the block, on the side with more room, never over it. */
function place(made: HTMLElement, block: HTMLElement): void {
  const box = block.getBoundingClientRect();
  const { width, height } = made.getBoundingClientRect();
  const right = box.right + 8 + width <= innerWidth - 8;
  const left = right ? box.right + 8 : box.left - 8 - width;
  const beside = left >= 8;
  made.style.left = `${beside ? left : Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  const top = beside ? box.top : box.bottom + 6 + height <= innerHeight ? box.bottom + 6 : box.top - height - 6;
  made.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
}

async function load(block: HTMLElement): Promise<string> {
  const { visit = "", block: id } = block.dataset;
  const version = current().blocks.find((each) => each.id === Number(id))?.version ?? 0;
  const key = `${visit}.${version}`;
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  const html = await part(`visits/${visit}/hover/`);
  if (known.size >= KEPT) known.clear();
  known.set(key, html);
  return html;
}

async function show(block: HTMLElement): Promise<void> {
  const html = await load(block).catch(() => "");
  if (!html || !block.isConnected || about !== block || liftedNow() || document.querySelector(".cell-menu")) return;
  shown?.remove();
  const made = element("div", { class: "hover-card", id: "hover-card", role: "tooltip" });
  made.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  made.addEventListener("pointerenter", () => window.clearTimeout(timer));
  made.addEventListener("pointerleave", later);
  by("main").append(made);
  place(made, block);
  block.setAttribute("aria-describedby", "hover-card");
  shown = made;
}

function soon(target: EventTarget | null): void {
  const block = target instanceof Element ? target.closest<HTMLElement>(".block[data-visit]:not(.ghost)") : null;
  if (block === about && shown) return window.clearTimeout(timer);
  if (!block) return later();
  hide();
  about = block;
  timer = window.setTimeout(() => void show(block), PAUSE);
}

export function startHoverCard(): void {
  const root = by("journal");
  root.addEventListener("pointerover", (event) => event.pointerType === "mouse" && event.buttons === 0 && soon(event.target));
  root.addEventListener("pointerleave", later);
  root.addEventListener("focusin", (event) => (event.target as Element).matches(":focus-visible") && soon(event.target));
  root.addEventListener("focusout", later);
  root.addEventListener("pointerdown", hide);
  root.addEventListener("scroll", () => {
    const waiting = shown ? null : about; // the wheel turned under the hand: the wait begins anew
    hide();
    if (waiting) soon(waiting);
  }, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) {
      event.stopImmediatePropagation();
      hide();
    } else if (event.key === "Enter") hide();
  }, true);
  document.addEventListener("desk:drawn", hide);
}
