/** Another day in the same page: its data, its title, its links. What is lifted stays in the hand. */
import { by, config, element, say } from "./page.ts";
import { current, show } from "./store.ts";

/** The date so many days away. */
export function away(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function dateIn(link: HTMLAnchorElement, date: string): void {
  const address = new URL(link.href);
  if (!address.searchParams.has("date")) return;
  address.searchParams.set("date", date);
  link.href = address.href;
}

/** Title, links and the date field follow the day that is shown. */
function follow(title: string): void {
  const { date, previous, next } = current();
  const shown = document.querySelector<HTMLElement>("#title .title-long") ?? by("title");
  const former = shown.textContent ?? "";
  by("title").replaceChildren(element("span", { class: "title-long" }, title), element("span", { class: "title-short" }, title));
  document.title = document.title.replace(former, title);
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".toolbar a[href], .topbar a[href]")) dateIn(link, date);
  dateIn(by<HTMLAnchorElement>("previous"), previous ?? away(date, -1));
  dateIn(by<HTMLAnchorElement>("next"), next ?? away(date, 1));
  const field = document.querySelector<HTMLInputElement>("#pick input[type=date]");
  if (field) field.value = date;
  by("today").toggleAttribute("aria-current", date === config.today);
}

/** Shows another day; false where it could not be had. */
export async function goTo(date: string, remember = true): Promise<boolean> {
  if (date === current().date) return true;
  const title = await show(date);
  if (title === null) return false;
  follow(title);
  const address = new URL(window.location.href);
  address.searchParams.set("location", String(config.location));
  address.searchParams.set("date", date);
  if (remember) history.pushState({}, "", address.search);
  say(title);
  return true;
}

export function startDays(): void {
  window.addEventListener("popstate", () => {
    const date = new URLSearchParams(window.location.search).get("date") ?? config.today;
    void goTo(date, false);
  });
}
