/** Another week or month in the same page: the table, the title and every link follow, nothing is loaded whole. */
import { bars, isHeld, settle } from "./boards.ts";

const WAYS = "#previous, #next, #today, #calendar a, .board-empty a";
const FOLLOW = ":is(.topbar, .toolbar, .dock) a[href]:not(#calendar a)";

let asked = 0;

function copy(from: Element, to: Element, name: string): void {
  const value = from.getAttribute(name);
  if (value === null) to.removeAttribute(name);
  else to.setAttribute(name, value);
}

/** Links and dates of the bars, one by one: who waits on them (menus, the calendar) waits on. */
function follow(fresh: Document): void {
  const [now, then] = [document.querySelectorAll(FOLLOW), fresh.querySelectorAll(FOLLOW)];
  now.forEach((link, at) => then[at] && ["href", "aria-current", "title"].forEach((name) => copy(then[at]!, link, name)));
  for (const field of document.querySelectorAll<HTMLInputElement>(".toolbar input[name=date]")) {
    field.value = fresh.querySelector<HTMLInputElement>(".toolbar input[name=date]")?.value ?? field.value;
  }
  for (const part of ["#title", ".marks"]) {
    const [old, made] = [document.querySelector(part), fresh.querySelector(part)];
    if (old && made) old.replaceChildren(...made.childNodes);
  }
  document.title = fresh.title;
}

function sameBars(fresh: Document): boolean {
  return document.querySelectorAll(FOLLOW).length === fresh.querySelectorAll(FOLLOW).length && Boolean(document.querySelector(".marks")) === Boolean(fresh.querySelector(".marks"));
}

/** Shows another page of the same view; where that cannot be done here, it is gone to. */
async function goTo(address: string, remember: boolean): Promise<void> {
  const root = document.getElementById("board");
  if (!root) return;
  const turn = ++asked;
  root.setAttribute("aria-busy", "true");
  const response = await fetch(address, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  const fresh = response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  if (turn !== asked) return; // pressed on meanwhile
  const made = fresh?.getElementById("board");
  if (!fresh || !made || isHeld() || !sameBars(fresh)) return window.location.assign(address);
  follow(fresh);
  for (const { name } of [...made.attributes]) copy(made, root, name);
  root.replaceChildren(...made.childNodes);
  root.removeAttribute("aria-busy");
  bars(root);
  settle();
  if (remember) history.pushState({}, "", address);
  const said = document.getElementById("said");
  if (said) said.textContent = document.querySelector("#title .title-long")?.textContent ?? "";
}

function closeCalendar(): void {
  const [box, opener] = [document.getElementById("calendar"), document.getElementById("pick-open")];
  if (!box || box.hidden) return;
  box.hidden = true;
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
}

export function startTurning(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (!link?.matches(WAYS) || link.dataset.turn !== undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button || isHeld()) return;
    if (new URL(link.href).pathname !== window.location.pathname) return;
    event.preventDefault();
    closeCalendar();
    void goTo(link.href, true);
  });
  window.addEventListener("popstate", () => void goTo(window.location.href, false));
}
