/** A new visit that was begun and not booked: its form waits as it stands, to be gone on with or discarded. */
import { element, icon, word } from "./page.ts";

const PLACE = ["date", "time", "minutes", "resource", "service", "scheme"]; // a press in the picture fills these by itself

interface Begun {
  form: HTMLFormElement;
  address: string;
}

let kept: Begun | null = null;

function field(form: HTMLFormElement, name: string): HTMLInputElement | HTMLSelectElement | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLSelectElement ? found : null;
}

function filled(each: Element): boolean {
  if (each instanceof HTMLInputElement && ["checkbox", "radio"].includes(each.type)) return each.checked !== each.defaultChecked;
  if (each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement) return each.type !== "hidden" && each.value !== each.defaultValue;
  return each instanceof HTMLSelectElement && [...each.options].some((option) => option.defaultSelected && !option.selected);
}

/** Whether a client was chosen or something was written in the form of a new visit. */
function begun(form: HTMLFormElement): boolean {
  if (field(form, "client")?.value) return true;
  return [...form.elements].some((each) => !PLACE.includes(each.getAttribute("name") ?? "") && filled(each));
}

/** Takes the form of a new visit out of the panel where something was begun in it; whether there is one to keep. */
export function keepBegun(panel: HTMLElement, address: string): boolean {
  const form = panel.querySelector<HTMLFormElement>("form[data-new]");
  if (!form || form.hasAttribute("data-sent") || !begun(form)) return false;
  form.querySelector("[data-offered]")?.remove();
  form.remove();
  kept = { form, address };
  return true;
}

/** Nothing is kept any more: it was booked, or discarded. Another form than the one named stays. */
export function forgetBegun(form?: HTMLFormElement): void {
  if (!form || kept?.form === form) kept = null;
}

/** Whether something waits to be gone on with. */
export function anythingBegun(): boolean {
  return kept !== null;
}

/** The form that is kept, given out once. */
export function takeBegun(): Begun | null {
  const found = kept;
  kept = null;
  return found;
}

function name(form: HTMLFormElement): string {
  const chosen = form.querySelector("[data-chosen]:not([hidden]) b")?.textContent;
  return chosen ?? `${field(form, "first_name")?.value ?? ""} ${field(form, "last_name")?.value ?? ""}`.trim();
}

/** The place that was pressed for the fresh form, where the service that was chosen before is given there. */
function takePlace(old: HTMLFormElement, fresh: HTMLFormElement): void {
  const service = field(old, "service")?.value;
  const offers = field(fresh, "service");
  if (!field(fresh, "time")?.value || !(offers instanceof HTMLSelectElement)) return;
  if (![...offers.options].some((option) => option.value === service)) return;
  for (const each of ["date", "time", "minutes", "resource"]) {
    const [to, from] = [field(old, each), field(fresh, each)];
    if (to && from) to.value = from.value;
  }
}

/** Offers what was begun above a fresh form; `go` gets it, with the place that was pressed now. */
export function offerBegun(fresh: HTMLFormElement, go: (begun: Begun) => void): void {
  if (!kept) return;
  const who = name(kept.form);
  const on = element("button", { class: "button", type: "button" }, word("begun_go_on"));
  const off = element("button", { class: "button button-text", type: "button" }, word("begun_discard"));
  const text = who ? word("begun_for", { name: who }) : word("begun");
  const made = element("div", { class: "notice begun", "data-offered": true, role: "status" }, icon("info"), element("div", { class: "grow" }, text, element("p", { class: "row" }, on, off)));
  on.addEventListener("click", () => {
    const found = takeBegun();
    if (!found) return;
    takePlace(found.form, fresh);
    go(found);
  });
  off.addEventListener("click", () => {
    forgetBegun();
    made.remove();
    fresh.closest<HTMLElement>("#panel")?.querySelector<HTMLElement>(".panel-name")?.focus();
  });
  fresh.querySelector(".panel-head")?.append(made);
}
