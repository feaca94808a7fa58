/** What a press in the picture opens: a visit, a class, or the form of a new visit at an empty cell. */
import { tall } from "./block.ts";
import { openFocused, wasMenu } from "./cellmenu.ts";
import { wall } from "./clock.ts";
import { columnAt, slotAt, wasDrag } from "./drag.ts";
import { wasDrawn } from "./dragout.ts";
import { came, startFinder } from "./finder.ts";
import { liftedNow } from "./lift.ts";
import { by, config, word } from "./page.ts";
import { openPanel } from "./panel.ts";
import { pixels } from "./scale.ts";
import { current, freeze } from "./store.ts";
import type { FoundClient } from "./types.ts";

/** Opens the form of a new visit, filled in as far as known. */
export function openNew(known: { resource?: number; minute?: number; minutes?: number }, from: HTMLElement): void {
  if (!config.may.book) return;
  const journal = current();
  const values = new URLSearchParams({ location: String(journal.location.id), date: journal.date });
  if (known.resource !== undefined) values.set("resource", String(known.resource));
  if (known.minute !== undefined) values.set("time", wall(known.minute, journal));
  if (known.minutes !== undefined) values.set("minutes", String(known.minutes));
  void openPanel(`visits/new/?${values.toString()}`, from);
}

function pressed(event: MouseEvent): void {
  const swallowed = [wasDrag(), wasDrawn(), wasMenu()];
  if (swallowed.includes(true)) return;
  const target = event.target as Element;
  const client = target.closest<HTMLElement>("[data-client]")?.dataset.client;
  if (client) return window.location.assign(`${config.base}clients/${client}/`);
  const block = target.closest<HTMLElement>(".block");
  if (block?.dataset.visit) return void openPanel(`visits/${block.dataset.visit}/`, block);
  if (block?.dataset.session) return void openPanel(`sessions/${block.dataset.session}/`, block);
  if (block?.matches("button")) return openFocused();
  if (block || !target.closest(".col")) return;
  const resource = columnAt(event.clientX);
  if (resource !== null) openNew({ resource, minute: slotAt(event.clientY) }, by("journal"));
}

/** Every block of the visit under the pointer or the focus lights up, and "1/2" says that there are more. */
function light(event: Event): void {
  const visit = (event.target as Element).closest<HTMLElement>(".block")?.dataset.visit;
  document.querySelectorAll(".block.lit").forEach((made) => made.classList.remove("lit"));
  if (visit) document.querySelectorAll(`.block[data-visit="${visit}"]`).forEach((made) => made.classList.add("lit"));
}

function chosen(client: FoundClient): void {
  if (!client.visit) return window.location.assign(`${config.base}clients/${client.id}/`);
  const { visit } = client;
  const here = visit.date === current().date && visit.location === current().location.id;
  if (here) void openPanel(`visits/${visit.id}/`, by("finder"));
  else window.location.assign(`${config.base}?location=${visit.location}&date=${visit.date}#visit-${visit.id}`);
}

/** Between press and release the picture holds still: a cell that is drawn anew in between would swallow the click. */
function holdStill(root: HTMLElement): void {
  const release = (): void => void window.setTimeout(() => liftedNow() ?? freeze(false));
  root.addEventListener("pointerdown", () => freeze(true));
  window.addEventListener("pointerup", release);
  window.addEventListener("pointercancel", release);
}

/** The marked place of a new visit follows the scale. */
function placeDraft(): void {
  const made = document.querySelector<HTMLElement>(".draft");
  if (!made) return;
  made.style.top = `${pixels(Number(made.dataset.start) - current().shown[0]) + 1}px`;
  made.style.height = `${tall({ s: 0, e: Number(made.dataset.minutes) })}px`;
}

export function startOpening(): void {
  const root = by("journal");
  root.addEventListener("click", pressed);
  holdStill(root);
  root.addEventListener("pointerover", light);
  root.addEventListener("focusin", light);
  root.addEventListener("pointerleave", light);
  by("new").addEventListener("click", (event) => {
    event.preventDefault();
    openNew({}, by("new"));
  });
  startFinder(by<HTMLInputElement>("finder"), (client) => [client.phone, came(client), client.visit?.when ?? word("no_visit")].filter(Boolean).join(" · "), word("search_nobody"), chosen, (text) => window.location.assign(`${config.base}search/?${new URLSearchParams({ text, location: String(config.location) })}`));
  document.addEventListener("desk:draft", placeDraft);
  const wanted = /^#visit-(\d+)$/.exec(window.location.hash)?.[1];
  if (wanted) void openPanel(`visits/${wanted}/`);
}
