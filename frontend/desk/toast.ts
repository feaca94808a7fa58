/** What just happened, at the foot of the work area, with a way back. Stays while it is looked at. */
import { by, element, icon, word } from "./page.ts";

const STAYS = 8000; // milliseconds

export interface Way {
  text: string;
  icon?: string;
  go: () => void;
}

let timer = 0;
let from: HTMLElement | null = null; // where the focus was before it came here

/** Takes the message away. */
export function leave(): void {
  window.clearTimeout(timer);
  const inside = by("toasts").contains(document.activeElement);
  by("toasts").replaceChildren();
  if (inside) (from?.isConnected ? from : near())?.focus({ preventScroll: true });
  from = null;
}

/** Where the keyboard goes on when what had the focus is gone: the panel, else the picture. */
function near(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#panel:not([hidden]) .panel-name") ?? document.getElementById("journal");
}

/** Gives the focus to the first way the message offers; while it is there the message stays. */
export function answer(): void {
  const active = document.activeElement;
  if (active instanceof HTMLElement && !by("toasts").contains(active)) from = active;
  by("toasts").querySelector<HTMLElement>("button")?.focus();
}

function wait(stays = STAYS): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(leave, stays);
}

function button(way: Way): HTMLButtonElement {
  const made = element("button", { class: "button", type: "button" }, way.icon ? icon(way.icon) : null, way.text);
  made.addEventListener("click", () => {
    leave();
    way.go();
  });
  return made;
}

/** Shows one message, for `stays` milliseconds at least; the one before it goes. */
export function toast(text: string, ways: Way[] = [], sign = "check", stays = STAYS): void {
  const close = element("button", { class: "button button-icon", type: "button", "aria-label": word("close") }, icon("cross"));
  close.addEventListener("click", leave);
  const made = element("div", { class: `toast${sign === "alert" ? " toast-bad" : ""}` }, icon(sign), element("span", { class: "grow" }, text));
  made.append(...ways.map(button), close);
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    leave();
  });
  made.addEventListener("pointerenter", () => window.clearTimeout(timer));
  made.addEventListener("pointerleave", () => wait());
  made.addEventListener("focusin", () => window.clearTimeout(timer));
  made.addEventListener("focusout", () => wait());
  const inside = by("toasts").contains(document.activeElement);
  by("toasts").replaceChildren(made);
  if (inside) made.querySelector("button")?.focus();
  wait(Math.max(stays, STAYS));
}
