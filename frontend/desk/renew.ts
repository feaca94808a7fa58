/** The panel brought up to date under somebody's hands: what was typed and opened stays, with a word where others wrote too. */
import { element, icon, word } from "./page.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function fields(form: HTMLFormElement): Field[] {
  const every = form.querySelectorAll<Field>("input:not([type=hidden]), textarea, select");
  return [...every].filter((each) => each.name !== "");
}

function typedInto(field: Field): boolean {
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected);
  return field.value !== field.defaultValue;
}

/** Whether something in the form differs from what it began with, and was not sent. */
export function typed(form: HTMLFormElement): boolean {
  return !form.hasAttribute("data-sent") && fields(form).some(typedInto);
}

function told(form: HTMLFormElement, fresh: HTMLFormElement): void {
  form.querySelector("[data-changed-there]")?.remove();
  for (const field of fields(form)) {
    const there = fresh.elements.namedItem(field.name);
    if (!(there instanceof HTMLTextAreaElement && field instanceof HTMLTextAreaElement) || there.defaultValue === field.defaultValue || there.defaultValue === field.value) continue;
    const text = word("changed_there", { text: there.defaultValue });
    field.after(element("p", { class: "hint changed-there", "data-changed-there": true, role: "status" }, icon("alert"), text));
  }
}

/** Carries typed forms and opened folds of the old panel over into the fresh one. Typed forms keep the version they began with. */
export function keepTyped(old: HTMLElement, fresh: Document): void {
  const open = [...old.querySelectorAll<HTMLDetailsElement>("details[open]:not(:has(form[data-closes][data-sent]))")].map((each) => each.querySelector("summary")?.textContent?.trim());
  for (const details of fresh.querySelectorAll("details")) {
    if (open.includes(details.querySelector("summary")?.textContent?.trim())) details.open = true;
  }
  for (const form of old.querySelectorAll("form")) {
    const same = fresh.querySelector<HTMLFormElement>(`form[action="${form.getAttribute("action") ?? ""}"]`);
    if (!same || !typed(form)) continue;
    told(form, same);
    same.replaceWith(form);
  }
}

/** What was typed into a visit and not sent when the panel was closed or showed something else, by the panel's address. */
const drafts = new Map<string, HTMLElement>();

/** Whether something was typed in the panel and not sent. */
export function typedIn(root: HTMLElement): boolean {
  return [...root.querySelectorAll<HTMLFormElement>("form[data-change]")].some(typed);
}

/** The longer texts that were typed and not sent. */
export function textsIn(root: HTMLElement): string[] {
  const forms = [...root.querySelectorAll("form")].filter(typed);
  return forms.flatMap((form) => [...form.querySelectorAll("textarea")].filter(typedInto).map((each) => each.value));
}

/** Takes what stands in the panel away; what was typed there comes back with its address. */
export function putAside(panel: HTMLElement, address: string): void {
  if (!typedIn(panel)) return;
  const kept = document.createElement("div");
  kept.append(...panel.childNodes);
  drafts.set(address, kept);
}

/** Gives back what was typed at this address before. */
export function giveBack(address: string, fresh: Document): void {
  const kept = drafts.get(address);
  if (kept) keepTyped(kept, fresh);
  drafts.delete(address);
}
