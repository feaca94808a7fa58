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

/** Texts that cannot be sent any more, to be copied; a button takes them away. */
export function copies(texts: string[]): HTMLElement | null {
  if (!texts.length) return null;
  const fields = texts.map((text) => {
    const field = element("textarea", { class: "input", readonly: true, rows: Math.min(6, text.split("\n").length + 1), "aria-label": word("yours") });
    field.defaultValue = text;
    return field;
  });
  const close = element("button", { class: "button", type: "button" }, word("close"));
  const made = element("div", { class: "panel-part stack", "data-copies": true, role: "status" }, element("p", {}, word("typed_here")), ...fields, element("p", { class: "form-end" }, close));
  close.addEventListener("click", () => made.remove());
  return made;
}

/** What was typed in words: notes and reasons, not dates and choices. */
function written(form: HTMLFormElement): string[] {
  const words = fields(form).filter((field) => typedInto(field) && (field instanceof HTMLTextAreaElement || field.type === "text"));
  return words.map((field) => field.value).filter((text) => text.trim() !== "");
}

/** Carries typed forms and opened folds of the old panel over into the fresh one. Typed forms keep the version they began
 * with; what was written into one that is gone (the visit was cancelled meanwhile) stands above, to be copied. */
export function keepTyped(old: HTMLElement, fresh: Document): void {
  const open = [...old.querySelectorAll<HTMLDetailsElement>("details[open]:not(:has(form[data-closes][data-sent]))")].map((each) => each.querySelector("summary")?.textContent?.trim());
  for (const details of fresh.querySelectorAll("details")) {
    if (open.includes(details.querySelector("summary")?.textContent?.trim())) details.open = true;
  }
  const lost: string[] = [];
  for (const form of [...old.querySelectorAll("form")].filter(typed)) {
    const same = fresh.querySelector<HTMLFormElement>(`form[action="${form.getAttribute("action") ?? ""}"]`);
    if (!same) lost.push(...written(form));
    else {
      told(form, same);
      same.replaceWith(form);
    }
  }
  const before = [...old.querySelectorAll("[data-copies]"), copies(lost)].filter((each) => each !== null);
  (fresh.querySelector(".panel-head") ?? fresh.body.firstElementChild)?.after(...before);
}

/** What was typed into a visit and not sent when the panel was closed or showed something else, by the panel's address. */
const drafts = new Map<string, HTMLElement>();

/** Whether something was typed in the panel and not sent. */
export function typedIn(root: HTMLElement): boolean {
  return root.querySelector("[data-copies]") !== null || [...root.querySelectorAll<HTMLFormElement>("form[data-change]")].some(typed);
}

/** The longer texts that were typed and not sent. */
export function textsIn(root: HTMLElement): string[] {
  const there = [...root.querySelectorAll<HTMLTextAreaElement>("[data-copies] textarea")].map((each) => each.value);
  return [...there, ...[...root.querySelectorAll("form")].filter(typed).flatMap(written)];
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
