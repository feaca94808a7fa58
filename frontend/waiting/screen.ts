/** Asks for the numbers every few seconds. A lost line is said, and made up for as soon as it is back. */
const PAUSE = 4000; // milliseconds between questions
const PATIENCE = 15_000; // milliseconds without an answer before it is said
const RENEW = 6 * 3_600_000; // the page itself is loaded anew, for a newer build

let tag = "";
let heard = Date.now();
const began = Date.now();

async function ask(room: HTMLElement): Promise<void> {
  const limit = AbortSignal.timeout(10_000);
  const headers: HeadersInit = tag ? { "X-Part": "1", "If-None-Match": tag } : { "X-Part": "1" };
  const answer = await fetch(location.href, { headers, cache: "no-store", signal: limit });
  if (answer.status === 404) return location.reload();
  if (!answer.ok && answer.status !== 304) return;
  heard = Date.now();
  if (answer.status === 304) return;
  tag = answer.headers.get("ETag") ?? "";
  show(room, await answer.text());
}

function show(room: HTMLElement, html: string): void {
  const before = numbers(room);
  const parsed = new DOMParser().parseFromString(html, "text/html");
  room.replaceChildren(...parsed.body.childNodes);
  for (const made of room.querySelectorAll<HTMLElement>("[data-number]")) {
    if (before.size && !before.has(made.dataset.number ?? "")) made.classList.add("fresh");
  }
}

function numbers(room: HTMLElement): Set<string> {
  return new Set([...room.querySelectorAll<HTMLElement>("[data-number]")].map((made) => made.dataset.number ?? ""));
}

function tell(clock: Intl.DateTimeFormat | null): void {
  const box = document.querySelector<HTMLElement>("[data-lost]");
  if (!box) return;
  const lost = Date.now() - heard > PATIENCE;
  box.hidden = !lost;
  if (lost) box.textContent = (box.dataset.lost ?? "").replace("{time}", clock?.format(heard) ?? "");
}

function clockOf(box: HTMLElement | null): Intl.DateTimeFormat | null {
  if (!box) return null;
  return new Intl.DateTimeFormat(box.dataset.locale, { hour: "2-digit", minute: "2-digit", timeZone: box.dataset.zone });
}

/** Starts only on the page of a screen. */
export function startScreen(): void {
  const room = document.querySelector<HTMLElement>("[data-screen]");
  if (!room) return;
  const box = document.querySelector<HTMLElement>("[data-clock]");
  const clock = clockOf(box);
  const tick = (): void => {
    if (box && clock) box.textContent = clock.format(Date.now());
    tell(clock);
  };
  const round = async (): Promise<void> => {
    await ask(room).catch(() => undefined);
    tick();
    if (Date.now() - began > RENEW && Date.now() - heard < PATIENCE) location.reload();
    window.setTimeout(() => void round(), PAUSE);
  };
  tick();
  void round();
}
