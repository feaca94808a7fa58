/** My day, and the day as a list, keep themselves up to date: news of the day, the minute that passes, and a lost line that is said. */
interface Live {
  events: string;
  location: number;
  date: string;
}

const MINUTE = 60_000;
const PATIENCE = 2500; // milliseconds a line may be down before it is said

/** Puts the day as it is now in the place of the one shown, unless somebody is in the middle of something there. */
async function renew(): Promise<void> {
  const response = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (response.redirected || !response.ok) return location.reload();
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const found of ["#agenda", "#list", ".topbar"]) {
    const shown = document.querySelector(found);
    const made = fresh.querySelector(found);
    if (shown?.matches(":has(input:focus)")) continue; // somebody is typing there
    if (!shown || !made || shown.innerHTML === made.innerHTML) continue;
    const focused = shown.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    shown.replaceChildren(...made.childNodes);
    if (focused) shown.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus();
  }
}

export function startAgenda(): void {
  const live = JSON.parse(document.getElementById("agenda-live")?.textContent ?? "null") as Live | null;
  const lost = document.getElementById("lost");
  if (!live || !lost) return;
  let told = 0;
  let soon = 0;
  const again = (): void => {
    window.clearTimeout(soon);
    soon = window.setTimeout(() => void renew().catch(() => undefined), 60);
  };
  const connect = (): EventSource => {
    const stream = new EventSource(live.events);
    stream.addEventListener("change", (event) => {
      const news = JSON.parse((event as MessageEvent<string>).data) as Partial<Live>;
      if (news.location === undefined || (news.location === live.location && news.date === live.date)) again();
    });
    stream.addEventListener("open", () => {
      window.clearTimeout(told);
      if (!lost.hidden) again();
      lost.hidden = true;
    });
    stream.addEventListener("error", () => {
      window.clearTimeout(told);
      told = window.setTimeout(() => (lost.hidden = false), PATIENCE);
      if (stream.readyState === EventSource.CLOSED) window.setTimeout(() => (line = connect()), 5000);
    });
    return stream;
  };
  let line = connect();
  window.setInterval(again, MINUTE);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) again();
  });
  window.addEventListener("pagehide", () => line.close());
}
