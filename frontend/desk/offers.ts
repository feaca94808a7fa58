/** Find a time: the wish is asked again at every change, proposals stand in the picture as ghosts, one press books or moves there. */
import { movable, tall, titled } from "./block.ts";
import { addEntry } from "./cellmenu.ts";
import { dated, span, time } from "./clock.ts";
import { goTo } from "./days.ts";
import { startMove, startResize } from "./keymove.ts";
import { lay } from "./moving.ts";
import { post, Refused, type Values } from "./net.ts";
import { tellWay } from "./notice.ts";
import { by, config, element, say, word } from "./page.ts";
import { openPanel } from "./panel.ts";
import { takeBack } from "./restoring.ts";
import { pixels } from "./scale.ts";
import { current, refresh } from "./store.ts";
import { toast } from "./toast.ts";
import { undoable } from "./undo.ts";
import { waysOn } from "./ways.ts";

interface Item {
  resource: number;
  s: number;
  e: number;
}

interface Moved {
  version: number;
  reach: string;
}

function offers(): HTMLElement[] {
  return [...by("panel").querySelectorAll<HTMLElement>("[data-offer]")];
}

function items(offer: HTMLElement): Item[] {
  return JSON.parse(offer.dataset.items ?? "[]") as Item[];
}

/** What a press on a proposal presses in the list. */
function pressable(offer: HTMLElement): HTMLElement | null {
  return offer.querySelector<HTMLElement>(".offer");
}

/** Draws the proposals of the shown day where they would be. */
function ghosts(): void {
  document.querySelectorAll(".offer-ghost").forEach((made) => made.remove());
  const { shown, zone } = current();
  offers().forEach((offer, at) => {
    const here = items(offer).filter(({ s, e }) => s < shown[1] && e > shown[0]);
    offer.classList.toggle("offer-here", here.length > 0);
    for (const { resource, s: from, e: to } of here) {
      const [s, e] = [Math.max(from, shown[0]), Math.min(to, shown[1])]; // of several days, this one's part
      const column = document.querySelector(`.col[data-resource="${resource}"]`);
      const made = element("button", { class: "offer-ghost", type: "button", tabindex: "-1", "aria-hidden": "true" }, element("b", {}, String(at + 1)), ` ${span(from, to, zone)}`);
      made.style.top = `${pixels(s - shown[0]) + 1}px`;
      made.style.height = `${tall({ s, e })}px`;
      made.addEventListener("click", (event) => {
        event.stopPropagation();
        pressable(offer)?.click();
      });
      made.addEventListener("pointerenter", () => offer.classList.add("offer-lit"));
      made.addEventListener("pointerleave", () => offer.classList.remove("offer-lit"));
      column?.append(made);
    }
  });
}

async function moveThere(form: HTMLFormElement, more: Values = {}): Promise<void> {
  const visit = Number(form.dataset.offered);
  const sent: Values = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrfmiddlewaretoken") sent[name] = value;
  const name = by("panel").querySelector(".panel-head .grow")?.textContent?.split(" · ")[0] ?? "";
  try {
    const done = await post<Moved>(`visits/${visit}/move`, { ...sent, ...more });
    const at = Date.parse(String(sent.start)) / 60_000;
    const date = form.closest<HTMLElement>("[data-offer]")?.dataset.date ?? current().date;
    const text = word("moved_to", { name, time: `${dated(date)} ${time(at, current().zone)}` });
    const undo = undoable(() => takeBack(`visits/${visit}/undo`, done.version));
    toast(text, [undo, ...tellWay(visit, name, done.reach, undo)]);
    say(text);
    await goTo(date);
    await openPanel(`visits/${visit}/`);
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), waysOn(error, (further) => void moveThere(form, { ...more, ...further })), "alert");
  }
  await refresh(true);
}

function again(form: HTMLFormElement): void {
  const values = [...new FormData(form)].filter((each): each is [string, string] => typeof each[1] === "string" && each[1] !== "");
  void openPanel(`finding/?${new URLSearchParams(values).toString()}`);
}

/** Opens the wish for somebody new, from this day on. */
export function openFinding(): void {
  if (config.may.book) void openPanel(`finding/?location=${config.location}&date=${current().date}`, by("journal"));
}

function pressed(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  const show = target?.closest("[data-show-day]")?.closest<HTMLElement>("[data-offer]");
  if (show) void goTo(show.dataset.date ?? current().date);
  const park = target?.closest<HTMLElement>("[data-park]");
  const block = park && current().blocks.find((each) => each.visit === Number(park.dataset.park) && each.role === 0);
  if (block) void lay(block, !block.facts.includes("parked"));
}

function shown(): void {
  by("panel").querySelectorAll<HTMLElement>("[data-show-day], [data-park]").forEach((made) => (made.hidden = false));
  ghosts();
}

function entries(): void {
  addEntry({ label: () => word("move_it"), sign: "move", visible: (cell) => cell.block !== null && movable(cell.block), run: (cell) => startMove(cell.block ?? undefined) });
  addEntry({ label: () => word("length_it"), sign: "clock", visible: (cell) => cell.block !== null && movable(cell.block), run: (cell) => startResize(cell.block ?? undefined) });
  addEntry({
    label: (cell) => word(cell.block?.facts.includes("parked") ? "leave_there" : "lay_aside"),
    sign: "park",
    visible: (cell) => cell.block !== null && movable(cell.block),
    run: (cell) => cell.block && void lay(cell.block, !cell.block.facts.includes("parked")),
  });
  addEntry({
    label: (cell) => (cell.block ? word("find_other", { name: titled(cell.block) }) : word("find_time")),
    sign: "search",
    visible: (cell) => (cell.block ? movable(cell.block) : config.may.book),
    run: (cell) => (cell.block?.visit === undefined ? void openFinding() : void openPanel(`finding/?visit=${cell.block.visit}`, cell.from)),
  });
}

export function startOffers(): void {
  const panel = by("panel");
  entries();
  panel.addEventListener("click", pressed);
  panel.addEventListener("change", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-find]");
    if (form) again(form);
  });
  panel.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-find], [data-offered]")) return;
    event.preventDefault();
    if (form.hasAttribute("data-find")) again(form);
    else void moveThere(form);
  });
  document.addEventListener("desk:panel", shown);
  document.addEventListener("desk:drawn", ghosts);
}
