/** Working time from the picture: an hour more where nobody works, or the free time around a cell taken away (WT-02). */
import { addEntry, type Cell } from "./cellmenu.ts";
import { offset } from "./clock.ts";
import { post, Refused } from "./net.ts";
import { config, word } from "./page.ts";
import { current, refresh } from "./store.ts";
import { toast } from "./toast.ts";

interface Saved {
  hours: string;
  before: string;
}

function may(resource: number): boolean {
  return config.may.hours || (config.may.ownHours && config.own === resource);
}

async function save(resource: number, body: Record<string, string | number>, undo: boolean): Promise<void> {
  const where = { location: config.location, resource, date: current().date };
  try {
    const saved = await post<Saved>("hours/day.json", { ...where, ...body });
    const back = { text: word("undo"), icon: "undo", go: () => void save(resource, { hours: saved.before, was: saved.hours }, false) };
    toast(word("hours_now", { hours: saved.hours || "–" }), undo ? [back] : [], "clock");
    await refresh(true);
  } catch (error) {
    const url = error instanceof Refused ? error.extra.url : null;
    if (typeof url === "string") window.location.assign(url);
    else toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
}

function minute(cell: Cell): number {
  return (cell.minute + offset(cell.minute, current())) % 1440;
}

export function startCellHours(): void {
  const free = (cell: Cell): boolean => cell.block === null && may(cell.resource);
  addEntry({ label: () => word("hours_add"), sign: "clock", visible: (cell) => free(cell) && cell.closed, run: (cell) => void save(cell.resource, { op: "add", minute: minute(cell) }, true) });
  addEntry({ label: () => word("hours_remove"), sign: "clock", visible: (cell) => free(cell) && !cell.closed, run: (cell) => void save(cell.resource, { op: "remove", minute: minute(cell) }, true) });
}
