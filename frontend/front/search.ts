/**
 * Search as you type. The server ranks, for it knows synonyms, slips and other alphabets; the field is a plain form
 * that asks the same address, so everything works without this file and when a request fails.
 */

const PAUSE = 120; // milliseconds after the last key: fast typists ask once

function address(form: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (typeof value === "string" && value) query.append(key, value);
  return `${location.pathname}?${query}`;
}

function exchange(list: HTMLElement, page: Document): void {
  const fresh = page.getElementById(list.id);
  if (!fresh) return;
  list.replaceChildren(...fresh.childNodes);
  const count = document.getElementById(`${list.id}-count`);
  if (count) count.textContent = page.getElementById(`${list.id}-count`)?.textContent ?? "";
}

async function ask(form: HTMLFormElement, list: HTMLElement, signal: AbortSignal): Promise<void> {
  const url = address(form);
  const answer = await fetch(url, { signal });
  if (!answer.ok) return;
  exchange(list, new DOMParser().parseFromString(await answer.text(), "text/html"));
  history.replaceState(null, "", url);
}

/** Arrow keys walk from the field into the list and back. */
function walk(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step) return;
  const stops: HTMLElement[] = [input, ...list.querySelectorAll<HTMLElement>("a.choice, button.choice")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
}

function bind(input: HTMLInputElement, list: HTMLElement): void {
  const form = input.form;
  if (!form || form.dataset.bound) return;
  form.dataset.bound = "yes";
  let pause = 0;
  let asking = new AbortController();
  const run = (): void => {
    window.clearTimeout(pause);
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    pause = window.setTimeout(() => ask(form, list, signal).catch(() => undefined), PAUSE);
  };
  input.addEventListener("input", run);
  input.addEventListener("keydown", (event) => walk(event, input, list));
  list.addEventListener("keydown", (event) => walk(event, input, list));
}

/** Binds each `input[data-search]` to the list whose id it names. */
export function startSearch(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>("input[data-search]")) {
    const list = document.getElementById(input.dataset.search ?? "");
    if (list) bind(input, list);
  }
}
