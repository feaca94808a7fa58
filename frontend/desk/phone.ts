/** On a phone one column is shown at a time, with a switcher; who has a calendar of one's own begins there. */
import { by, config, element } from "./page.ts";
import { current } from "./store.ts";

const KEY = "visita.column";

function chosen(): number | undefined {
  const ids = current().resources.map((column) => column.id);
  const kept = Number(sessionStorage.getItem(KEY)) || config.own;
  return ids.find((id) => id === kept) ?? ids[0];
}

function choose(id: number): void {
  sessionStorage.setItem(KEY, String(id));
  show();
}

/** Marks the one column that small screens show, and draws the switcher. */
function show(): void {
  const id = chosen();
  for (const made of document.querySelectorAll<HTMLElement>(".col")) made.classList.toggle("col-chosen", made.dataset.resource === String(id));
  for (const made of document.querySelectorAll<HTMLElement>(".col-head")) made.classList.toggle("col-chosen", made.id === `col-${id}`);
  let bar = document.getElementById("switcher");
  if (!bar) {
    bar = element("div", { id: "switcher", class: "switcher chips-scroll", role: "group" });
    by("journal").before(bar);
  }
  bar.hidden = current().resources.length < 2;
  const chips = current().resources.map((column) => {
    const chip = element("button", { class: "chip", type: "button", "aria-pressed": String(column.id === id) }, column.name);
    chip.addEventListener("click", () => choose(column.id));
    return chip;
  });
  bar.replaceChildren(...chips);
}

export function startPhone(): void {
  document.addEventListener("desk:drawn", show);
}
