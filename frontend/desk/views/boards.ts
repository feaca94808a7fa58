/** The views that are tables: bars get their width, news of the shown days bring the table up to date. */
const GATHER = 250; // milliseconds in which several pieces of news are answered by one question
const AFAR = 800; // the same for a location whose visits are not on the page, only its sums

let held = false;
let waiting = false;
let asked = 0;

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

/** Whether something is in hand. */
export function isHeld(): boolean {
  return held;
}

/** The figures follow a table that was put here; a question about the former one is not waited for. */
export function settle(): void {
  asked++;
  above();
}

export function bars(root: HTMLElement): void {
  for (const bar of root.querySelectorAll<HTMLElement>("[data-percent]")) bar.style.width = `${bar.dataset.percent}%`;
}

/** The figures above the table come with it. */
function above(): void {
  const figures = JSON.parse(document.getElementById("board-bar")?.textContent ?? "{}") as Record<string, string>;
  for (const [id, text] of Object.entries(figures)) {
    const place = document.getElementById(id);
    if (place) place.textContent = text;
  }
}

async function renew(root: HTMLElement): Promise<void> {
  waiting = held;
  if (held) return;
  const turn = ++asked;
  const response = await fetch(window.location.href, { headers: { "X-Part": "1" }, credentials: "same-origin", cache: "no-store" }).catch(() => null);
  if (!response?.ok) return;
  waiting = held;
  if (held) return; // taken up while the answer was on its way
  const text = await response.text();
  if (turn !== asked) return; // a later question has been sent
  const opened = [...root.querySelectorAll("details[open]")].map((each) => [...root.querySelectorAll("details")].indexOf(each as HTMLDetailsElement));
  const focused = document.activeElement instanceof HTMLAnchorElement && root.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const parsed = new DOMParser().parseFromString(text, "text/html");
  root.replaceChildren(...parsed.body.childNodes);
  bars(root);
  above();
  opened.forEach((at) => root.querySelectorAll("details")[at]?.setAttribute("open", ""));
  if (focused) root.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** Milliseconds within which the news are to be seen, null where they are of something else. */
function concerns(root: HTMLElement, data: string): number | null {
  const news = JSON.parse(data) as { location?: number; date?: string };
  if (news.location === undefined || news.date === undefined) return GATHER;
  const { location, first = "", last = "" } = root.dataset;
  if (news.date < first || last < news.date) return null;
  if (location !== undefined) return Number(location) === news.location ? GATHER : null;
  return root.querySelector(`[data-place="${news.location}"]`) ? GATHER : AFAR;
}

/** Listens for as long as the page is open; after a lost line the table is asked for again. */
function listen(root: HTMLElement): void {
  let timer = 0;
  let due = Infinity;
  let lost = false;
  const soon = (within = GATHER): void => {
    if (Date.now() + within >= due) return; // more news put nothing off: in a large chain there is always some
    window.clearTimeout(timer);
    due = Date.now() + within;
    timer = window.setTimeout(() => {
      due = Infinity;
      void renew(root);
    }, within);
  };
  const stream = new EventSource(root.dataset.events ?? "");
  stream.addEventListener("change", (event) => {
    const within = concerns(root, (event as MessageEvent<string>).data);
    if (within !== null) soon(within);
  });
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
