/** The head of a column that is a date: a link to that day, its load, and a word where nobody works. */
import { length } from "../clock.ts";
import { config, element, word } from "../page.ts";
import type { Column } from "../types.ts";

export function dayHead(column: Column): HTMLElement {
  const href = `${config.base}?location=${config.location}&date=${column.date}&resource=${config.ask.resource ?? ""}`;
  const load = element("i");
  load.style.width = `${column.hours ? Math.min(100, (100 * column.used) / column.hours) : 0}%`;
  const made = element(
    "div",
    { class: "col-head col-day", id: `col-${column.id}`, "aria-current": column.date === config.today ? "date" : undefined },
    element("a", { href }, column.name),
    element("span", { class: "col-role" }, column.hours ? word("used_of", { used: length(column.used), hours: length(column.hours) }) : word("off_day")),
    element("div", { class: "col-load" }, element("span", { class: "load", "aria-hidden": "true" }, load)),
  );
  return made;
}
