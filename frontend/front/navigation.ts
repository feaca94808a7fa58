/**
 * Choosing a person or a day exchanges only the middle of the page: nothing jumps, the place on the page and the
 * focus stay. The links are plain links, so everything works without this file and when a request fails.
 */
import htmx from "htmx.org";

const PART = "#when";

function keepSight(): void {
  const chosen = document.querySelector<HTMLElement>(".people [data-chosen]")?.closest("li");
  const strip = chosen?.parentElement;
  if (chosen && strip) strip.scrollLeft += chosen.getBoundingClientRect().left - strip.getBoundingClientRect().left - 16;
}

function swappable(event: MouseEvent): HTMLAnchorElement | null {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!plain || !(event.target instanceof Element)) return null;
  return event.target.closest<HTMLAnchorElement>("a[data-swap]");
}

async function exchange(link: HTMLAnchorElement): Promise<void> {
  const { href, id } = link;
  document.querySelector(PART)?.setAttribute("aria-busy", "true");
  await htmx.ajax("GET", href, { target: PART, select: PART, swap: "outerHTML" });
  history.pushState(null, "", href);
  document.getElementById(id)?.focus({ preventScroll: true });
}

let newest = 0;
let running: Promise<void> = Promise.resolve();

/** One after another, for each exchanges the part that the one before put there; of quick presses the last counts. */
function inTurn(link: HTMLAnchorElement): Promise<void> {
  const mine = ++newest;
  running = running.catch(() => undefined).then(() => (mine === newest ? exchange(link) : undefined));
  return running;
}

/** `prepare` runs again on the page after each exchange. */
export function startNavigation(prepare: (root: ParentNode) => void): void {
  window.htmx = htmx;
  document.addEventListener("click", (event) => {
    const link = swappable(event);
    if (!link || !document.querySelector(PART)) return;
    event.preventDefault();
    inTurn(link)
      .then(() => {
        prepare(document);
        keepSight();
      })
      .catch(() => window.location.assign(link.href));
  });
  window.addEventListener("popstate", () => window.location.reload());
  keepSight();
}
