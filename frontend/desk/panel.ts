/** The side panel: parts of pages the server renders, with their forms sent as JSON and the picture kept beside them. */
import { anythingBegun, forgetBegun, keepBegun, offerBegun, takeBegun } from "./begun.ts";
import { time } from "./clock.ts";
import { type FormMoved, movedByForm, refusedByForm } from "./formmove.ts";
import { get, part, post, Refused, type Values } from "./net.ts";
import { startNew } from "./newvisit.ts";
import { by, config, element, icon, word } from "./page.ts";
import { chooseBetween } from "./choice.ts";
import { copies, giveBack, keepTyped, putAside, textsIn, typedIn } from "./renew.ts";
import { takeBack as takeLast } from "./restoring.ts";
import { current, refresh } from "./store.ts";
import { toast } from "./toast.ts";
import { undoable } from "./undo.ts";
import { closest, taken, waysOn } from "./ways.ts";

let opener: HTMLElement | null = null;
let shown = "";
let turn = 0;
let filled = ""; // the address of what stands in the panel

function panel(): HTMLElement {
  return by("panel");
}

/** The address of what the panel shows; empty when it is closed. */
export function panelShows(): string {
  return shown;
}

/** Lights all blocks of a visit that the panel shows. */
export function lightShown(): void {
  const visit = /^visits\/(\d+)\/$/.exec(shown)?.[1];
  document.querySelectorAll(".block.shown").forEach((made) => made.classList.remove("shown"));
  if (visit) document.querySelectorAll(`.block[data-visit="${visit}"]`).forEach((made) => made.classList.add("shown"));
}

/** Closes the panel, for a reason that is `said`; the focus goes back to where it came from. */
export function closePanel(said = ""): void {
  if (panel().hidden) return;
  const address = filled;
  const visit = /^visits\/(\d+)\/$/.exec(shown)?.[1];
  const again = anythingBegun() && panel().querySelector("[data-begun]") !== null;
  const kept = `${said} ${word("typed_kept")}`.trim();
  if (keepBegun(panel(), address) || again) toast(kept, [{ text: word("begun_go_on"), go: () => goOn(takeBegun()) }], said ? "alert" : "check");
  else if (typedIn(panel())) toast(kept, [{ text: word("open_again"), go: () => void openPanel(address) }], said ? "alert" : "check");
  else if (said) toast(said, [], "alert");
  putAside(panel(), address);
  panel().hidden = true;
  panel().replaceChildren();
  shown = filled = "";
  turn++;
  document.dispatchEvent(new CustomEvent("desk:panel"));
  lightShown();
  document.querySelector(".draft")?.remove();
  const block = visit ? document.querySelector<HTMLElement>(`.block[data-visit="${visit}"]`) : null;
  const back = block ?? (opener?.isConnected ? opener : by("journal")); // a cancelled visit has no block any more
  back.focus({ preventScroll: true });
}

/** Closes the panel and answers with the texts typed there and not sent: they are nobody's but the writer's. */
export function shutPanel(): string[] {
  const texts = panel().hidden ? [] : textsIn(panel());
  panel().hidden = true;
  panel().replaceChildren();
  shown = filled = "";
  turn++;
  return texts;
}

/** Opens an address of the desk in the panel. */
export async function openPanel(address: string, from?: HTMLElement | null): Promise<void> {
  if (from !== undefined) opener = from;
  const mine = ++turn;
  shown = address;
  lightShown();
  const skeleton = element("div", { class: "panel-part", "aria-busy": "true" }, element("p", { class: "quiet" }, word("loading")));
  if (panel().hidden) panel().replaceChildren(skeleton);
  panel().hidden = false;
  try {
    const html = await part(address);
    if (mine === turn) put(html, address);
  } catch (error) {
    if (mine !== turn) return;
    const away = error instanceof Refused && (error.status === 0 || error.status === 401);
    if (away && filled === address && !panel().hidden && panel().childElementCount) return; // no line: what is typed stays
    const said = error instanceof Refused && error.status !== 404 ? error.message : word("failed");
    const texts = error instanceof Refused && error.status === 404 && filled === address ? copies(textsIn(panel())) : null;
    if (texts) return leaveTexts(texts, word("gone"));
    closePanel(said);
  }
}

/** What the panel showed is not there any more: only what was typed stays, to be copied. */
function leaveTexts(texts: HTMLElement, said: string): void {
  const close = element("button", { class: "button button-icon button-text", type: "button", "data-close": true, "aria-label": word("close") }, icon("cross"));
  const head = element("p", { class: "spread" }, element("b", { class: "grow", role: "alert" }, said), close);
  panel().replaceChildren(element("div", { class: "panel-part panel-head" }, head), texts);
  shown = filled = "";
  close.focus();
}

/** Shows a part that an address answered with. */
export function putPart(address: string, html: string): void {
  turn++;
  shown = address;
  put(html, address);
  panel().querySelector<HTMLElement>("[data-focus]")?.focus();
}

/** Fills the panel; where it shows the same visit anew, what is typed, open or focused there stays. */
function put(html: string, address: string): void {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const same = filled === address && panel().childElementCount > 0;
  const { scrollTop } = panel();
  const active = document.activeElement instanceof HTMLElement && panel().contains(document.activeElement) ? document.activeElement : null;
  if (same && !panel().querySelector("[data-new]")) keepTyped(panel(), parsed);
  else letGo();
  if (!same) giveBack(address, parsed);
  panel().replaceChildren(...parsed.body.childNodes);
  filled = address;
  panel().scrollTop = same ? scrollTop : 0;
  panel().querySelectorAll<HTMLElement>("[data-close], [data-tabs]").forEach((made) => (made.hidden = false));
  panel().querySelectorAll<HTMLElement>("[data-begun]").forEach((made) => (made.hidden = !anythingBegun()));
  startTabs();
  const form = panel().querySelector<HTMLFormElement>("[data-new]");
  document.dispatchEvent(new CustomEvent("desk:panel"));
  if (form) fresh(form);
  else if (same) refocus(active);
  else panel().querySelector<HTMLElement>(".panel-name")?.focus({ preventScroll: true });
}

/** What stands in the panel makes room for something else. */
function letGo(): void {
  keepBegun(panel(), filled);
  putAside(panel(), filled);
  document.querySelector(".draft")?.remove();
}

/** The form of a new visit, with what was begun before it. */
function fresh(form: HTMLFormElement): void {
  startNew(form, (visit, text) => {
    form.setAttribute("data-sent", "");
    forgetBegun(form);
    booked(visit, text);
  });
  offerBegun(form, goOn);
}

/** Puts the form of a new visit back as it was left. */
function goOn(begun: ReturnType<typeof takeBegun>): void {
  if (!begun) return;
  letGo();
  turn++;
  panel().replaceChildren(begun.form);
  panel().hidden = false;
  shown = filled = begun.address;
  document.dispatchEvent(new CustomEvent("desk:panel"));
  lightShown();
  begun.form.querySelector("[name=resource]")?.dispatchEvent(new Event("change", { bubbles: true })); // asks anew what is free
  panel().querySelector<HTMLElement>(".panel-name")?.focus({ preventScroll: true });
}

/** Gives the focus back to what had it in the panel, or to what stands in its place now; else the name, so that Tab goes on there. */
function refocus(active: HTMLElement | null): void {
  if (!active) return;
  const text = active.textContent?.trim();
  const again = [...panel().querySelectorAll<HTMLElement>(active.localName)].find((each) => text !== "" && each.textContent?.trim() === text);
  const there = active.isConnected ? active : active.id ? document.getElementById(active.id) : again;
  (there ?? panel().querySelector<HTMLElement>(".panel-name"))?.focus({ preventScroll: true });
}

/** After a booking: the picture is asked again and the panel shows the visit. */
function booked(visit: number, text: string): void {
  toast(text, [], "check");
  void refresh(true);
  void openPanel(`visits/${visit}/`);
}

function startTabs(): void {
  const tabs = [...panel().querySelectorAll<HTMLButtonElement>("[role=tab]")];
  const choose = (chosen: HTMLButtonElement): void => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      const pane = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      pane?.setAttribute("role", "tabpanel");
      pane?.setAttribute("aria-labelledby", tab.id);
      if (pane) pane.hidden = tab !== chosen;
    }
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
      event.stopPropagation();
      const step = event.key === "ArrowRight" ? 1 : tabs.length - 1;
      const beside = tabs[(tabs.indexOf(tab) + step) % tabs.length];
      if (beside) choose(beside);
      beside?.focus();
    });
  }
  if (tabs[0]) choose(tabs[0]);
}

/** The values of a form as the server's JSON wants them. */
export function values(form: HTMLFormElement): Values {
  const found: Values = {};
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken" && typeof value === "string") found[name] = value;
  }
  return found;
}

async function send(form: HTMLFormElement, more: Values = {}): Promise<void> {
  const address = new URL(form.action).pathname.replace(config.base, "");
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  button?.setAttribute("aria-disabled", "true");
  try {
    const done = await post<FormMoved & { status?: string }>(address, { ...values(form), ...more });
    form.setAttribute("data-sent", "");
    const name = panel().querySelector(".panel-name")?.textContent ?? "";
    const state = done.status && !/(note|discounts|removal)$/.test(address) ? `${name}: ${word(`state_${done.status}`)}` : word("saved");
    if (done.start) movedByForm(address, form, done);
    else toast(state, done.status ? [undoable(() => undoLast(address, done.version))] : []);
  } catch (error) {
    button?.removeAttribute("aria-disabled");
    if (chooseBetween(form, error, (version) => void send(form, { ...more, version }), () => void takeTheirs(form))) return void refresh(true);
    const go = (further: Values): void => void send(form, { ...more, ...further });
    const moves = form.dataset.move && taken(error) && error instanceof Refused;
    const [text, near] = moves ? await refusedByForm(form, error, go) : [error instanceof Refused ? error.message : word("failed"), []];
    toast(text, [...near, ...waysOn(error, go)], "alert");
    if (error instanceof Refused && (error.status === 0 || error.status === 401)) return; // nothing can be asked now; what is typed stays
  }
  await refresh(true);
  await again();
}

async function takeTheirs(form: HTMLFormElement): Promise<void> {
  form.setAttribute("data-sent", ""); // given up: the fresh form takes its place
  await again();
}

/** Takes a change of status back, whatever it was. */
async function undoLast(address: string, version: number): Promise<void> {
  await takeLast(address.replace(/^(visits\/\d+\/).*/, "$1undo"), version);
}

/** Loads what the panel shows anew: its version has changed. */
export async function again(): Promise<void> {
  const tab = panel().querySelector("[role=tab][aria-selected=true]")?.id;
  if (!shown.startsWith("visits/") || shown.startsWith("visits/new")) return;
  await openPanel(shown);
  if (tab) document.getElementById(tab)?.click();
}

/** Fills the "Move to…" form: who gives the service, and which times are free on the chosen day. */
async function startMoveForm(form: HTMLFormElement): Promise<void> {
  const visit = form.dataset.move ?? "";
  const field = (name: string): HTMLInputElement | HTMLSelectElement | null =>
    form.querySelector(`[name="${name}"]`);
  const people = field("resource") as HTMLSelectElement;
  const times = form.querySelector("datalist");
  const alone = (field("alone") as HTMLInputElement | null)?.checked ?? false;
  const ask = { visit, alone, appointment: field("appointment")?.value, location: config.location, date: field("date")?.value };
  const found = await get<{ starts: Record<string, number[]> }>("starts.json", ask).catch(() => ({ starts: {} }));
  const starts = found.starts as Record<string, number[]>;
  const chosen = people.value;
  for (const column of current().resources) {
    const known = [...people.options].some((option) => option.value === String(column.id));
    if (starts[column.id] && !known) people.append(element("option", { value: column.id }, column.name));
  }
  people.value = chosen;
  const zone = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: current().zone });
  const free = new Map((starts[people.value] ?? []).map((start) => [zone.format(start * 60_000), start]));
  const [date, wall] = [field("date") as HTMLInputElement, field("time") as HTMLInputElement];
  if (date.value === date.defaultValue && people.selectedIndex === 0) free.delete(wall.defaultValue); // there it is already
  times?.replaceChildren(...[...free.keys()].map((text) => element("option", { value: text })));
  tellFree(form, free);
}

/** Whether the time of the form is free, and the nearest ones that are: a press puts them into the form. */
function tellFree(form: HTMLFormElement, free: Map<string, number>): void {
  const field = form.querySelector<HTMLInputElement>("[name=time]");
  const verdict = form.querySelector("[data-verdict]");
  if (!field || !verdict) return;
  const yes = free.has(field.value);
  verdict.textContent = yes ? word("until", { time: field.value }) : free.size ? `${word("nearest")}:` : word("none_free");
  const box = form.querySelector<HTMLElement>("[data-times]");
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const near = new Set(closest([...free.keys()].map(minutes), minutes(field.value), 4));
  const chip = ([text, start]: [string, number]): HTMLElement => {
    const made = element("button", { class: "chip", type: "button" }, time(start, current().zone));
    made.addEventListener("click", () => {
      field.value = text;
      field.focus(); // the offers go away now
      tellFree(form, free);
    });
    return made;
  };
  box?.replaceChildren(...[...free].filter(([text]) => near.has(minutes(text))).map(chip));
  if (box) box.hidden = yes || free.size === 0;
}

/** Another part of the visit: its own time and person are where the form begins. */
function choosePart(form: HTMLFormElement, parts: HTMLSelectElement): void {
  const { time, resource, who } = parts.selectedOptions[0]?.dataset ?? {};
  const field = form.querySelector<HTMLInputElement>("[name=time]");
  if (field && time) field.value = field.defaultValue = time;
  form.querySelector("[name=resource]")?.replaceChildren(element("option", { value: resource }, who));
}

export function startPanel(): void {
  panel().addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-close]")) closePanel();
    if (target?.closest("[data-begun]")) goOn(takeBegun());
    const link = target?.closest<HTMLElement>("a[data-visit]");
    if (link) {
      event.preventDefault();
      void openPanel(`visits/${link.dataset.visit}/`);
    }
  });
  panel().addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-change")) return;
    event.preventDefault();
    if (!form.querySelector("[aria-disabled=true]")) void send(form);
  });
  panel().addEventListener("toggle", (event) => {
    const form = (event.target as HTMLElement).querySelector<HTMLFormElement>("[data-move]");
    if (form && (event.target as HTMLDetailsElement).open) void startMoveForm(form);
  }, true);
  panel().addEventListener("change", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-move]");
    if (!form) return;
    if ((event.target as HTMLSelectElement).name === "appointment") choosePart(form, event.target as HTMLSelectElement);
    void startMoveForm(form);
  });
  document.addEventListener("desk:drawn", lightShown);
  document.addEventListener("desk:changed", (event) => {
    if (shown === `visits/${(event as CustomEvent<number>).detail}/`) void again();
  });
}
