/** The picture of the day: a column for each resource at work, hours at the side, everything placed by the minute. */
import { buffers, drawn, keeps } from "./block.ts";
import { length, now, oclock, offset, time } from "./clock.ts";
import { laid, type Place } from "./layout.ts";
import { by, config, element, icon, word } from "./page.ts";
import { pixels } from "./scale.ts";
import { dayHead } from "./views/dayhead.ts";
import { present } from "./views/week.ts";
import type { Block, Column, Journal } from "./types.ts";

const LEAST = 128; // pixels of the narrowest column
const NARROW = 30; // pixels of the narrowest block beside others

function initials(name: string): string {
  const words = name.split(/\s+/).filter((part) => !part.endsWith(".") && part.length > 2);
  const picked = words.length > 1 ? [words[words.length - 2], words[words.length - 1]] : words;
  return picked.map((part) => part?.[0] ?? "").join("").toUpperCase();
}

/** The photo where there is one; else a person's initials, a thing's sign. */
function faceOf(column: Column, at: number): HTMLElement {
  const photo = config.photos[column.id];
  if (photo) return element("img", { class: "face face-36", src: photo, alt: "", width: "36", height: "36" });
  return column.kind === "person"
    ? element("span", { class: `face face-36 face-${(at % 4) + 1}`, "aria-hidden": "true" }, initials(column.name))
    : element("span", { class: "face face-36 face-thing", "aria-hidden": "true" }, icon(column.kind === "room" ? "house" : "gear"));
}

function head(column: Column, at: number): HTMLElement {
  if (column.date) return dayHead(column);
  const face = faceOf(column, at);
  const load = element("i");
  load.style.width = `${column.hours ? Math.min(100, (100 * column.used) / column.hours) : 0}%`;
  const used = word("used_of", { used: length(column.used), hours: length(column.hours) });
  return element(
    "div",
    { class: "col-head", id: `col-${column.id}`, title: used },
    element("div", { class: "col-who" }, face, element("a", { class: "col-name", href: `${config.base}people/${column.id}/` }, column.name)),
    element("span", { class: "col-role" }, column.occupation),
    element("div", { class: "col-load" }, element("span", { class: "load", "aria-hidden": "true" }, load), length(column.used)),
  );
}

/** Whole and half hours of the wall clock inside the shown part of the day. */
function hours(journal: Journal): { at: number; whole: boolean }[] {
  const found = [];
  for (let at = journal.shown[0]; at < journal.shown[1]; at += 15) {
    const minute = (((at + offset(at, journal)) % 60) + 60) % 60;
    if (minute === 0 || minute === 30) found.push({ at, whole: minute === 0 });
  }
  return found;
}

function at(made: HTMLElement, s: number, e: number, journal: Journal): HTMLElement {
  made.style.top = `${pixels(s - journal.shown[0])}px`;
  made.style.height = `${pixels(e - s)}px`;
  return made;
}

function off(column: Column, journal: Journal): HTMLElement[] {
  const edges = [journal.shown[0], ...column.work.flat(), journal.shown[1]];
  const found: HTMLElement[] = [];
  for (let i = 0; i + 1 < edges.length; i += 2) {
    const s = edges[i] ?? 0;
    const e = edges[i + 1] ?? 0;
    if (e > s) found.push(at(element("div", { class: "off hatch" }), s, e, journal));
  }
  return found;
}

function body(column: Column, blocks: Block[], journal: Journal): HTMLElement {
  const made = element("div", { class: "col", role: "group", "aria-labelledby": `col-${column.id}`, "data-resource": column.id });
  made.append(...off(column, journal), ...blocks.flatMap((block) => buffers(block, journal)));
  made.append(...laid(blocks, keeps).map((place) => drawn(place, journal)));
  return made;
}

function ruler(journal: Journal): [HTMLElement, HTMLElement] {
  const gutter = element("div", { class: "gutter", "aria-hidden": "true" });
  const lines = element("div", { class: "lines", "aria-hidden": "true" });
  for (const hour of hours(journal)) {
    const line = element("i", { class: hour.whole ? "hour" : "half" });
    line.style.top = `${pixels(hour.at - journal.shown[0])}px`;
    lines.append(line);
    if (!hour.whole) continue;
    const label = element("span", {}, oclock(hour.at, journal.zone));
    label.style.top = line.style.top;
    gutter.append(label);
  }
  return [gutter, lines];
}

/** The most blocks that stand beside each other. */
function lanes(places: Place[]): number {
  return Math.max(1, ...places.map((place) => place.lanes));
}

/** How many ordinary widths a column takes: one for every two blocks at the same time, and room to press each drawn block. */
function share(blocks: Block[]): number {
  return Math.max(Math.ceil(lanes(laid(blocks)) / 2), Math.ceil((lanes(laid(blocks, keeps)) * NARROW) / LEAST));
}

/** What stands in place of a day on which nobody works: so, and the way to the next one. */
function nobody(): HTMLElement {
  const made = element("div", { class: "empty nobody" }, element("p", {}, word("empty")));
  const next = document.getElementById("next");
  if (!next) return made;
  const button = element("button", { type: "button", class: "button" }, next.title);
  button.addEventListener("click", () => next.click());
  made.append(button);
  return made;
}

/** Draws the day; `cancelled` shows what was cancelled too. */
export function draw(journal: Journal, cancelled: boolean): void {
  const root = by("journal");
  const { scrollTop, scrollLeft } = root;
  const blocks = journal.blocks.filter((block) => cancelled || block.state !== "cancelled");
  const grid = element("div", { class: "grid" });
  const tall = pixels(journal.shown[1] - journal.shown[0]);
  grid.style.setProperty("--tall", `${tall}px`);
  const [gutter, lines] = ruler(journal);
  const own = journal.resources.map((column) => blocks.filter((block) => block.resource === column.id));
  const columns = journal.resources.map((column, i) => body(column, own[i] ?? [], journal));
  const shares = own.map(share);
  grid.style.setProperty("--least", `${shares.reduce((sum, each) => sum + each, 0) * LEAST}px`);
  const heads = journal.resources.map(head);
  shares.forEach((each, i) => {
    columns[i]?.style.setProperty("--share", String(each));
    heads[i]?.style.setProperty("--share", String(each));
    [columns[i], heads[i]].forEach((made) => made?.style.setProperty("--room", `${lanes(laid(own[i] ?? [], keeps)) * NARROW}px`));
  });
  grid.append(element("div", { class: "heads" }, element("div", { class: "corner" }), ...heads));
  grid.append(element("div", { class: "hours" }, gutter, lines, ...columns));
  if (!journal.resources.length) grid.replaceChildren(nobody());
  root.replaceChildren(grid);
  if (grid.querySelector(".block-long")) window.requestAnimationFrame(() => measureHeads(grid)); // a phone chooses its column first
  drawNow(journal);
  if (scrollLeft || scrollTop) root.scrollTo(scrollLeft, scrollTop);
}

/** What is sticky in a long block stands below the heads. */
function measureHeads(grid: HTMLElement): void {
  grid.style.setProperty("--heads", `${grid.querySelector<HTMLElement>(".heads")?.offsetHeight ?? 0}px`);
}

/** The line of the present, on the days it belongs to. */
export function drawNow(journal: Journal): void {
  document.querySelectorAll(".now, .now-pill").forEach((old) => old.remove());
  const here = present(now());
  if (!here || here.minute < journal.shown[0] || here.minute >= journal.shown[1]) return;
  const { minute } = here;
  const top = `${pixels(minute - journal.shown[0])}px`;
  const pill = element("b", { class: "now-pill" }, time(minute, journal.zone));
  pill.style.top = top;
  document.querySelector(".gutter")?.append(pill);
  const line = element("i", { class: "now", "aria-hidden": "true" });
  line.style.top = top;
  document.querySelector(here.column === null ? ".hours" : `.col[data-resource="${here.column}"]`)?.append(line);
}

/** Brings the present, or the first work of the day, into sight. */
export function scrollToStart(journal: Journal): void {
  const first = Math.min(...journal.resources.flatMap((column) => column.work.map(([s]) => s)), journal.shown[1]);
  const minute = present(now())?.minute ?? 0;
  const today = minute >= journal.shown[0] && minute < journal.shown[1];
  by("journal").scrollTop = Math.max(0, pixels((today ? minute - 90 : first - 15) - journal.shown[0]));
}
