/** The views that are tables: bars get their width, news of the shown days bring the table up to date. */
const GATHER = 250; // milliseconds in which several pieces of news are answered by one question

let held = false;
let waiting = false;

/** While something is in hand the table holds still; what came meanwhile is asked for afterwards. */
export function hold(on: boolean): void {
  held = on;
  if (!on && waiting) void renewed();
}

/** The table as it is now. */
export async function renewed(): Promise<void> {
  const root = document.getElementById("board");
  if (root) await renew(root);
}

function bars(root: HTMLElement): void {
  for (const bar of root.querySelectorAll<HTMLElement>("[data-percent]")) bar.style.width = `${bar.dataset.percent}%`;
}

async function renew(root: HTMLElement): Promise<void> {
  waiting = held;
  if (held) return;
  const response = await fetch(window.location.href, { headers: { "X-Part": "1" }, credentials: "same-origin", cache: "no-store" }).catch(() => null);
  if (!response?.ok) return;
  waiting = held;
  if (held) return; // taken up while the answer was on its way
  const opened = [...root.querySelectorAll("details[open]")].map((each) => [...root.querySelectorAll("details")].indexOf(each as HTMLDetailsElement));
  const focused = document.activeElement instanceof HTMLAnchorElement && root.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  root.replaceChildren(...parsed.body.childNodes);
  bars(root);
  opened.forEach((at) => root.querySelectorAll("details")[at]?.setAttribute("open", ""));
  if (focused) root.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function concerns(root: HTMLElement, data: string): boolean {
  const news = JSON.parse(data) as { location?: number; date?: string };
  if (news.location === undefined || news.date === undefined) return true;
  const { location, first = "", last = "" } = root.dataset;
  return (location === undefined || Number(location) === news.location) && first <= news.date && news.date <= last;
}

/** Listens for as long as the page is open; after a lost line the table is asked for again. */
function listen(root: HTMLElement): void {
  let timer = 0;
  let lost = false;
  const soon = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void renew(root), GATHER);
  };
  const stream = new EventSource(root.dataset.events ?? "");
  stream.addEventListener("change", (event) => concerns(root, (event as MessageEvent<string>).data) && soon());
  stream.addEventListener("error", () => (lost = true));
  stream.addEventListener("open", () => {
    if (lost) soon();
    lost = false;
  });
  document.addEventListener("visibilitychange", () => !document.hidden && soon());
  window.addEventListener("pagehide", () => stream.close());
}

export function startBoard(): void {
  const root = document.getElementById("board");
  if (!root) return;
  bars(root);
  listen(root);
  root.querySelector("[aria-current=date]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
