/** The queue's own page keeps itself up to date while nobody is typing in it. */
const PAUSE = 10_000; // milliseconds

export function startQueuePage(page: HTMLElement): void {
  const find = (details: HTMLElement): void => {
    if (!document.getElementById("desk-config") || !details.hasAttribute("data-queue-add")) return;
    void import("./queuefinder.ts").then((made) => made.startQueueFinder(details));
  };
  page.addEventListener("toggle", (event) => find(event.target as HTMLElement), true);
  for (const open of page.querySelectorAll<HTMLElement>("details[data-queue-add][open]")) find(open);
  const busy = (): boolean => page.querySelector("details[open], .notice-bad") !== null || document.hidden;
  window.setInterval(() => {
    if (busy()) return;
    void fetch(location.href, { headers: { "X-Part": "1" }, credentials: "same-origin" }).then(async (answer) => {
      if (!answer.ok || busy()) return;
      const focused = document.activeElement?.closest("form")?.action;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      page.replaceChildren(...parsed.body.childNodes);
      if (focused) [...page.querySelectorAll("form")].find((form) => form.action === focused)?.querySelector("button")?.focus();
    }, () => undefined);
  }, PAUSE);
}
