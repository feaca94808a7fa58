/** The week of one as a list by day, on small screens in place of the picture: kept up to date, opens the panel. */
import { openPanel } from "../panel.ts";

const small = matchMedia("(max-width: 760px)");

async function renew(root: HTMLElement): Promise<void> {
  const response = await fetch(root.dataset.url ?? "", { headers: { "X-Part": "1" }, credentials: "same-origin", cache: "no-store" }).catch(() => null);
  if (!response?.ok) return;
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  root.replaceChildren(...parsed.body.childNodes);
}

export function startByDay(): void {
  const root = document.getElementById("by-day");
  if (!root) return;
  let first = true;
  document.addEventListener("desk:drawn", () => {
    if (small.matches && !first) void renew(root);
    first = false;
  });
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-visit]") : null;
    if (!link) return;
    event.preventDefault();
    void openPanel(`visits/${link.dataset.visit}/`, link);
  });
}
