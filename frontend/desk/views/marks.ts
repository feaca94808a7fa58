/** The search in the picture: its hits get a mark, and the nearest days before and after with one are offered. */
import { get } from "../net.ts";
import { config } from "../page.ts";
import { current } from "../store.ts";
import { shownWeek } from "./week.ts";

interface Hits {
  visits: number[];
  before: string | null;
  after: string | null;
}

let hits = new Set<number>();
let asked = "";

function mark(): void {
  for (const block of document.querySelectorAll<HTMLElement>(".block[data-visit]")) {
    block.classList.toggle("hit", hits.has(Number(block.dataset.visit)));
  }
}

function lead(id: string, date: string | null): void {
  const link = document.getElementById(id) as HTMLAnchorElement | null;
  if (!link) return;
  link.hidden = date === null;
  if (date === null) return;
  const address = new URL(window.location.href);
  address.searchParams.set("date", date);
  link.href = address.pathname + address.search;
  const text = new Intl.DateTimeFormat(config.locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  link.querySelector("span")?.replaceChildren(text.format(new Date(`${date}T12:00Z`)));
}

async function ask(bar: HTMLElement): Promise<void> {
  const days = shownWeek()?.days.length ?? 1;
  const query = `${bar.dataset.query}&location=${config.location}&date=${current().date}&days=${days}`;
  const state = `${query} ${current().blocks.map((block) => `${block.visit}.${block.version}`).join()}`;
  if (state === asked) return mark();
  asked = state;
  const found = await get<Hits>(`hits.json?${query}`, {}).catch(() => null);
  if (!found || asked !== state) return;
  hits = new Set(found.visits);
  const count = document.getElementById("marks-count");
  if (count) count.textContent = String(found.visits.length);
  lead("marks-before", found.before);
  lead("marks-after", found.after);
  mark();
}

export function startMarks(): void {
  const bar = document.getElementById("marks");
  if (!bar) return;
  document.addEventListener("desk:drawn", () => void ask(bar));
  void ask(bar);
}
