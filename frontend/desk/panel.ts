/** The side panel: parts of pages the server renders, with their forms sent as JSON and the picture kept beside them. */
import { time as clock } from "./clock.ts";
import { get, goesOver, part, post, Refused, type Values } from "./net.ts";
import { startNew } from "./newvisit.ts";
import { by, config, element, word } from "./page.ts";
import { takeBack as takeLast } from "./restoring.ts";
import { current, refresh } from "./store.ts";
import { toast } from "./toast.ts";

let opener: HTMLElement | null = null;
let shown = "";
let turn = 0;

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

/** Closes the panel; the focus goes back to where it came from. */
export function closePanel(): void {
  if (panel().hidden) return;
  const visit = /^visits\/(\d+)\/$/.exec(shown)?.[1];
  panel().hidden = true;
  panel().replaceChildren();
  shown = "";
  turn++;
  lightShown();
  document.querySelector(".draft")?.remove();
  const back = visit ? document.querySelector<HTMLElement>(`.block[data-visit="${visit}"]`) : opener;
  back?.focus({ preventScroll: true });
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
    if (mine === turn) put(html);
  } catch (error) {
    if (mine !== turn) return;
    closePanel();
    toast(error instanceof Refused && error.status !== 404 ? error.message : word("failed"), [], "alert");
  }
}

/** Shows a part that an address answered with. */
export function putPart(address: string, html: string): void {
  turn++;
  shown = address;
  put(html);
  panel().querySelector<HTMLElement>("[data-focus]")?.focus();
}

function put(html: string): void {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  panel().replaceChildren(...parsed.body.childNodes);
  panel().scrollTop = 0;
  panel().querySelectorAll<HTMLElement>("[data-close], [data-tabs]").forEach((made) => (made.hidden = false));
  startTabs();
  const form = panel().querySelector<HTMLFormElement>("[data-new]");
  if (form) startNew(form, booked);
  else panel().querySelector<HTMLElement>(".panel-name")?.focus({ preventScroll: true });
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
      const beside = tabs[(tabs.indexOf(tab) + 1) % tabs.length];
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
    const done = await post<{ status?: string; start?: string; version: number }>(address, { ...values(form), ...more });
    const name = panel().querySelector(".panel-name")?.textContent ?? "";
    const state = done.status && !address.endsWith("note") ? `${name}: ${word(`state_${done.status}`)}` : word("saved");
    const moved = { name, time: clock(Date.parse(done.start ?? "") / 60_000, current().zone), who: chosenWho(form) };
    if (done.start) toast(word("moved", moved), [{ text: word("undo"), icon: "undo", go: () => void takeBack(address, form, done.version) }]);
    else toast(state, done.status ? [{ text: word("undo"), icon: "undo", go: () => void undoLast(address, done.version) }] : []);
  } catch (error) {
    const over = goesOver(error, config.may.override);
    const on = over ? [{ text: word(over), go: () => void send(form, { ...more, [over]: true }) }] : [];
    toast(error instanceof Refused ? error.message : word("failed"), on, "alert");
  }
  await refresh(true);
  await again();
}

/** Takes a change of status back, whatever it was. */
async function undoLast(address: string, version: number): Promise<void> {
  await takeLast(address.replace(/[^/]*$/, "undo"), version);
}

/** Moves back to where the form said the visit was before anybody changed its fields. */
async function takeBack(address: string, form: HTMLFormElement, version: number): Promise<void> {
  const back: Values = { ...values(form), version };
  for (const field of form.querySelectorAll<HTMLInputElement>("input[name=date], input[name=time]")) back[field.name] = field.defaultValue;
  const who = form.querySelector<HTMLSelectElement>("[name=resource]");
  if (who) back.resource = who.options[0]?.value;
  try {
    await post(address, back);
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
  await refresh(true);
  await again();
}

function chosenWho(form: HTMLFormElement): string {
  return form.querySelector<HTMLSelectElement>("[name=resource]")?.selectedOptions[0]?.text ?? "";
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
  const free = (starts[people.value] ?? []).map((start) => zone.format(start * 60_000));
  times?.replaceChildren(...free.map((text) => element("option", { value: text })));
  const verdict = form.querySelector("[data-verdict]");
  const time = field("time")?.value ?? "";
  if (verdict) verdict.textContent = free.includes(time) ? word("until", { time }) : free.length ? `${word("nearest")}: ${close(free, time).join(", ")}` : word("none_free");
}

/** Another part of the visit: its own time and person are where the form begins. */
function choosePart(form: HTMLFormElement, parts: HTMLSelectElement): void {
  const { time, resource, who } = parts.selectedOptions[0]?.dataset ?? {};
  const field = form.querySelector<HTMLInputElement>("[name=time]");
  if (field && time) field.value = field.defaultValue = time;
  form.querySelector("[name=resource]")?.replaceChildren(element("option", { value: resource }, who));
}

function close(free: string[], time: string): string[] {
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  return [...free].sort((a, b) => Math.abs(minutes(a) - minutes(time)) - Math.abs(minutes(b) - minutes(time))).slice(0, 4).sort();
}

export function startPanel(): void {
  panel().addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-close]")) closePanel();
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
