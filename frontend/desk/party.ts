/** Those who come along in the form of a new visit: a row more at each press, and the names a client's record knows. */
import { element } from "./page.ts";

const NAMES = /^(kind|name|service|resource)_\d$/;

/** The fields of the rows as the server reads them. */
export function partyOf(form: HTMLFormElement): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (NAMES.test(name) && typeof value === "string" && value) found[name] = value;
  return found;
}

/** Shows a row for each that is filled in, and one more where it is asked for. */
export function startParty(form: HTMLFormElement): void {
  const room = form.querySelector<HTMLElement>("[data-party]");
  const more = room?.querySelector<HTMLButtonElement>("[data-one-more]");
  if (!room || !more) return;
  const rows = [...room.querySelectorAll<HTMLElement>("[data-comer]")].slice(1);
  const filled = (row: HTMLElement): boolean => [...row.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[name]")].some((field) => field.value !== "");
  const last = rows.map(filled).lastIndexOf(true);
  rows.forEach((row, at) => (row.hidden = at > Math.max(last, 0)));
  const mark = (): void => void (more.hidden = rows.every((row) => !row.hidden));
  more.addEventListener("click", () => {
    const next = rows.find((row) => row.hidden);
    if (next) next.hidden = false;
    next?.querySelector<HTMLElement>("select")?.focus();
    mark();
  });
  mark();
}

/** After a client was chosen: their children, pets and vehicles are offered by name. */
export function knowSubjects(form: HTMLFormElement): void {
  const names = [...form.querySelectorAll("[data-hint] [data-subjects] span")].map((each) => each.textContent ?? "");
  form.querySelector("[data-party-known]")?.replaceChildren(...names.map((value) => element("option", { value })));
}
