/** The calendar behind the title: fetched when it is opened, turned in place, gone about in by arrow keys. */
let opener: HTMLElement;
let box: HTMLElement;

/** The calendar's part for a query, of its own address. */
async function load(query: string): Promise<boolean> {
  const address = (opener.getAttribute("href") ?? "").split("?")[0] + query;
  const response = await fetch(address, { headers: { "X-Part": "1" }, credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) return false;
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  box.replaceChildren(...parsed.body.childNodes);
  return true;
}

function close(back = true): void {
  if (box.hidden) return;
  box.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  if (back) opener.focus();
}

async function open(): Promise<void> {
  if (!box.hidden) return close();
  if (!(await load(new URL((opener as HTMLAnchorElement).href).search))) return void (window.location.href = (opener as HTMLAnchorElement).href);
  box.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  (box.querySelector<HTMLElement>(".calendar-day[aria-current]") ?? box.querySelector<HTMLElement>(".calendar-day"))?.focus();
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Arrow keys go from day to day, over the edge to the next page. */
async function walk(event: KeyboardEvent): Promise<void> {
  const step = (STEPS[event.key] ?? 0) * (document.documentElement.dir === "rtl" && event.key.match(/Left|Right/) ? -1 : 1);
  const days = [...box.querySelectorAll<HTMLElement>(".calendar-day")];
  const at = days.indexOf(document.activeElement as HTMLElement);
  if (!step || at < 0) return;
  event.preventDefault();
  const there = days[at + step];
  if (there) return there.focus();
  const turns = box.querySelectorAll<HTMLAnchorElement>("[data-turn]");
  if (await load(turns[step < 0 ? 0 : 1]?.getAttribute("href") ?? "")) {
    const inside = [...box.querySelectorAll<HTMLElement>(".calendar-day:not(.is-outside)")];
    inside[step < 0 ? inside.length - 1 : 0]?.focus();
  }
}

function pressed(event: Event): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a") : null;
  if (link?.dataset.turn !== undefined) {
    event.preventDefault();
    void turn(link.getAttribute("href") ?? "", "[data-turn]", [...box.querySelectorAll("[data-turn]")].indexOf(link));
  } else if (link?.dataset.hour) close(false);
}

async function turn(query: string, selector: string, at: number): Promise<void> {
  if (await load(query)) box.querySelectorAll<HTMLElement>(selector)[at]?.focus();
}

function turnedByField(event: Event): void {
  const field = event.target as HTMLSelectElement;
  if (!field.form) return;
  const query = new URLSearchParams([...new FormData(field.form)].map(([name, value]) => [name, String(value)]));
  void turn(`?${query.toString()}`, `#${field.id}`, 0);
}

/** Makes the title's arrow open the calendar in place; without script it leads to the calendar's page. */
export function startCalendar(): void {
  const link = document.getElementById("pick-open");
  const pop = document.getElementById("calendar");
  const title = document.getElementById("title");
  if (!link || !pop) return;
  [opener, box] = [link, pop];
  const toggle = (event: Event): void => {
    event.preventDefault();
    void open();
  };
  opener.addEventListener("click", toggle);
  title?.addEventListener("click", toggle);
  box.addEventListener("click", pressed);
  box.addEventListener("change", turnedByField);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else void walk(event);
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !pop.parentElement?.contains(event.target)) close(false);
  });
}
