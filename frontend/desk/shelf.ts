/** The strip at the foot: visits laid aside by any desk of the location, and, while something is lifted, the days to carry it to. */
import { movable, titled } from "./block.ts";
import { dated } from "./clock.ts";
import { away, goTo } from "./days.ts";
import { keyMoving, startMove } from "./keymove.ts";
import { dropAside, liftedNow } from "./lift.ts";
import { lay } from "./moving.ts";
import { get } from "./net.ts";
import { by, config, element, icon, word } from "./page.ts";
import { openPanel } from "./panel.ts";
import { current } from "./store.ts";
import type { Block } from "./types.ts";

interface Parked {
  visit: number;
  version: number;
  date: string;
  when: string;
  past: boolean;
  by: string;
  since: string;
  blocks: Block[];
}

const DAYS = 9; // chips of days, the one shown and the one before it among them

let parked: Parked[] = [];
let first = ""; // the first chip's day: they hold still under the hand while the days change
let turn = 0;

function shelf(): HTMLElement {
  return by("shelf");
}

/** Asks what lies there now. */
export async function ask(): Promise<void> {
  const mine = ++turn;
  const found = await get<{ parked: Parked[] }>("parked.json", { location: config.location }).catch(() => null);
  if (mine !== turn || !found) return;
  parked = found.parked;
  draw();
}

/** Whether the day's news may have changed what lies there. */
export function anythingParked(): boolean {
  return parked.length > 0;
}

function fresh(card: Parked): Block[] {
  return card.blocks.map((block) => ({ ...block, version: card.version }));
}

function take(card: Parked): void {
  const family = fresh(card);
  startMove(family[0], family);
}

function drawnCard(card: Parked): HTMLElement {
  const [first] = card.blocks;
  const name = first ? titled(first) : "";
  const services = card.blocks.map((block) => block.service).join(", ");
  const told = word("parked_by", { name: card.by, when: card.since });
  const where = card.past ? word("parked_past", { when: card.when }) : card.when;
  const lines = [element("b", {}, name), element("span", {}, services), element("small", {}, `${where} · ${card.by}`)];
  const may = first !== undefined && movable(first);
  const main = element("button", { class: `parked${card.past ? " parked-past" : ""}`, type: "button", "data-parked": card.visit, title: told }, ...lines);
  main.addEventListener("click", () => (may ? take(card) : void openPanel(`visits/${card.visit}/`, main)));
  const open = small("calendar", word("parked_show", { name }), () => void goTo(card.date).then(() => openPanel(`visits/${card.visit}/`, main)));
  const back = small("undo", word("parked_back", { name }), () => first && void lay({ ...first, version: card.version }, false));
  return element("li", {}, main, open, may && back);
}

function small(sign: string, name: string, go: () => void): HTMLElement {
  const made = element("button", { class: "button button-icon button-text", type: "button", title: name, "aria-label": name }, icon(sign));
  made.addEventListener("click", go);
  return made;
}

function days(): HTMLElement {
  const { date } = current();
  if (!first || date < first || date >= away(first, DAYS)) first = away(date, -1);
  const chips = Array.from({ length: DAYS }, (_, at) => away(first, at)).map((each) => {
    const chip = element("button", { class: "chip", type: "button", "data-day": each, "aria-pressed": String(each === date) }, each === config.today ? word("today") : dated(each));
    chip.addEventListener("click", () => void goTo(each));
    return chip;
  });
  return element("div", { class: "shelf-days chips-scroll", role: "group", "aria-label": word("carry_to") }, ...chips);
}

/** Draws the strip: nothing while nothing lies there and nothing is in hand. */
function draw(): void {
  const lifted = liftedNow();
  const carrying = lifted !== null && !lifted.resizing;
  const root = shelf();
  const had = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.parked : undefined;
  root.hidden = parked.length === 0 && !carrying;
  root.classList.remove("shelf-over");
  if (!carrying) first = "";
  const title = element("h2", { class: "shelf-title" }, icon("park"), word("strip"), parked.length > 0 && element("b", {}, String(parked.length)));
  const list = element("ul", { class: "shelf-list" }, ...parked.map(drawnCard));
  const empty = element("p", { class: "quiet shelf-empty" }, word("strip_empty"));
  const aside = element("button", { class: "button shelf-drop", type: "button" }, icon("park"), word("lay_aside"));
  aside.addEventListener("click", () => keyMoving() && void dropAside());
  const row = element("div", { class: "shelf-row" }, title, carrying && aside, parked.length ? list : empty);
  root.replaceChildren(...(carrying ? [days(), row] : [row]));
  if (had) root.querySelector<HTMLElement>(`[data-parked="${had}"]`)?.focus({ preventScroll: true });
}

export function startShelf(): void {
  const made = element("section", { id: "shelf", class: "shelf", "aria-label": word("strip"), hidden: true });
  by("journal").after(made);
  document.addEventListener("desk:lifted", draw);
  document.addEventListener("desk:day", draw);
  document.addEventListener("desk:strip", () => void ask());
  void ask();
}
