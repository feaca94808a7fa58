/** The queue in the panel and on its own page: kept up to date, and a client found while typing. */
import { addEntry } from "./cellmenu.ts";
import { part } from "./net.ts";
import { by, config, word } from "./page.ts";
import { openPanel, panelShows, putPart } from "./panel.ts";
import { startQueueFinder } from "./queuefinder.ts";
import { current } from "./store.ts";

const GATHER = 400; // milliseconds in which several pieces of news are answered by one question
const MINUTE = 60_000; // waits change by themselves

let timer = 0;

/** Somebody is in the middle of something in the panel. */
function busy(): boolean {
  const panel = by("panel");
  return panel.querySelector("details[open]") !== null || panel.querySelector("[aria-busy]") !== null;
}

async function renew(): Promise<void> {
  const strip = document.getElementById("queue-strip");
  if (strip) {
    const html = await part(`queue/strip/?location=${current().location.id}`).catch(() => "");
    const made = new DOMParser().parseFromString(html, "text/html").getElementById("queue-strip");
    if (made) strip.replaceChildren(...made.childNodes);
  }
  const shown = panelShows();
  if (!shown.startsWith("queue/") || by("panel").querySelector("[data-queue]") === null || busy()) return;
  const address = `queue/?location=${current().location.id}`;
  const html = await part(address).catch(() => "");
  if (!html || busy() || panelShows() !== shown) return;
  const focused = document.activeElement?.closest<HTMLFormElement>("#panel form")?.action;
  putPart(address, html);
  if (focused) [...by("panel").querySelectorAll("form")].find((form) => form.action === focused)?.querySelector<HTMLElement>("button")?.focus();
}

function soon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void renew(), GATHER);
}

/** Listens for as long as the journal is open. */
export function startQueue(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-panel]") : null;
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    void openPanel(link.pathname.replace(config.base, "") + link.search, link);
  });
  by("panel").addEventListener("toggle", (event) => {
    const details = event.target as HTMLElement;
    if (details.hasAttribute("data-queue-add")) startQueueFinder(details);
  }, true);
  addEntry({
    label: () => word("walk_in"),
    sign: "queue",
    visible: () => config.may.book && document.getElementById("queue-strip") !== null && current().date === config.today,
    run: (cell) => void openPanel(`queue/?location=${current().location.id}&add=1&resource=${cell.resource}`, cell.from),
  });
  document.addEventListener("desk:news", soon);
  window.setInterval(() => void renew(), MINUTE);
}
