/**
 * Counts down the time that is held while the visitor types. Quiet until the last two minutes, then it offers
 * more time by one press (WCAG 2.2.1). Nothing typed is lost when it ends: the form asks for the time again.
 */
const WARN_SECONDS = 120;

function words(clock: HTMLElement, seconds: number): string {
  if (seconds <= 0) return clock.dataset.over ?? "";
  const minutes = Math.ceil(seconds / 60);
  return (clock.dataset.left ?? "").replace("{n}", String(minutes));
}

function tick(clock: HTMLElement): boolean {
  const seconds = Math.round((Date.parse(clock.dataset.until ?? "") - Date.now()) / 1000);
  const label = clock.querySelector<HTMLElement>("[data-words]");
  if (label && label.textContent !== words(clock, seconds)) label.textContent = words(clock, seconds);
  clock.classList.toggle("tag-warn", seconds <= WARN_SECONDS);
  clock.classList.toggle("tag-free", seconds > WARN_SECONDS);
  const more = document.querySelector<HTMLElement>("[data-more-time]");
  if (more) more.hidden = seconds > WARN_SECONDS || seconds <= 0;
  return seconds > 0;
}

/** Starts every `[data-until]` (an ISO instant) below `root`. */
export function startHoldClock(root: ParentNode): void {
  for (const clock of root.querySelectorAll<HTMLElement>("[data-until]")) {
    if (!tick(clock)) continue;
    const timer = window.setInterval(() => {
      if (!clock.isConnected || !tick(clock)) window.clearInterval(timer);
    }, 1000);
  }
}
