/** The waitlist from a free cell: who waits for this time, in the panel, and putting somebody on the list from here. */
import { addEntry, type Cell } from "./cellmenu.ts";
import { config, word } from "./page.ts";
import { openPanel } from "./panel.ts";
import { current } from "./store.ts";

function query(cell: Cell): URLSearchParams {
  const { location, date } = current();
  return new URLSearchParams({ location: String(location.id), date, resource: String(cell.resource), at: String(cell.minute) });
}

export function startWaiting(): void {
  const free = (cell: Cell): boolean => cell.block === null && config.own === null;
  addEntry({ label: () => word("waits_for_this"), sign: "bell", visible: free, run: (cell) => void openPanel(`waitlist/matches/?${query(cell)}`, cell.from) });
  addEntry({
    label: () => word("to_waitlist"),
    sign: "people",
    visible: () => config.own === null && config.may.book,
    run: (cell) => window.location.assign(`waitlist/new/?${query(cell)}`),
  });
}
