/** The journal as it was: the same picture, drawn once; a block leads to its visit, nothing can be changed. */
import { draw, scrollToStart } from "./grid.ts";
import { by, config } from "./page.ts";
import { startScale } from "./scale.ts";
import type { Journal } from "./types.ts";

export function startThen(): void {
  const journal = JSON.parse(by("desk-then").textContent ?? "{}") as Journal;
  const show = (): void => {
    draw(journal, true);
    document.querySelectorAll(".now, .now-pill").forEach((line) => line.remove());
  };
  const list = document.querySelector<HTMLDetailsElement>(".then-list");
  if (list && matchMedia("(min-width: 761px)").matches) list.open = false; // the picture says the same
  addEventListener("beforeprint", () => {
    if (list) list.open = true; // paper has the list alone
  });
  startScale(show);
  show();
  scrollToStart(journal);
  by("journal").addEventListener("click", (event) => {
    const block = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-visit]") : null;
    const told = block && document.getElementById(`visit-${block.dataset.visit}`);
    if (told) told.scrollIntoView({ block: "center" });
    else if (block) window.location.assign(`${config.base}visits/${block.dataset.visit}/`);
  });
}
