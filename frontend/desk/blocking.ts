/** Blocking time from the picture: the form in the panel, and giving blocked time back. */
import { addEntry, type Cell } from "./cellmenu.ts";
import { span, wall } from "./clock.ts";
import { post, Refused } from "./net.ts";
import { openNew } from "./opening.ts";
import { by, config, word } from "./page.ts";
import { closePanel, openPanel, values } from "./panel.ts";
import { current, refresh } from "./store.ts";
import { toast } from "./toast.ts";
import type { Block } from "./types.ts";

function mine(resource: number): boolean {
  return config.may.book && (config.own === null || config.may.all || config.own === resource);
}

/** The form for a cell; on a visit, for the time it takes. */
function ask(cell: Cell): void {
  const journal = current();
  const { s, e } = cell.block ?? { s: cell.minute, e: 0 };
  const known = { location: String(journal.location.id), date: journal.date, resource: String(cell.resource), time: wall(s, journal) };
  const query = new URLSearchParams({ ...known, ...(e ? { minutes: String(e - s) } : {}) });
  void openPanel(`blocks/new/?${query}`, cell.from);
}

async function remove(block: Block): Promise<void> {
  try {
    await post(`blocks/${block.id}/removal`, {});
    const body = { resource: block.resource, start: new Date(block.s * 60_000).toISOString(), minutes: block.e - block.s, note: block.title };
    const back = async (): Promise<void> => void (await create(body));
    toast(word("unblocked", { time: span(block.s, block.e, current().zone) }), [{ text: word("undo"), icon: "undo", go: () => void back() }]);
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
  await refresh(true);
}

/** Where visits stand in the time, the same form goes to the page that lists them. */
async function create(body: Record<string, string | number>, form?: HTMLFormElement): Promise<boolean> {
  try {
    await post("blocks/", { location: config.location, date: current().date, ...body });
    toast(word("blocked_now"), [], "lock");
    await refresh(true);
    return true;
  } catch (error) {
    if (form && error instanceof Refused && error.code === "visits_stranded") form.submit();
    else toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
    return false;
  }
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button[type=submit]");
  if (button?.classList.contains("working")) return;
  button?.classList.add("working");
  if (await create(values(form) as Record<string, string>, form)) closePanel();
  button?.classList.remove("working");
}

/** The cell's own entries: a new visit, blocking, giving back, opening what stands there. */
export function startBlocking(): void {
  const free = (cell: Cell): boolean => cell.block === null;
  addEntry({ label: () => word("open"), sign: "info", visible: (cell) => cell.block?.visit !== undefined, run: (cell) => void openPanel(`visits/${cell.block?.visit}/`, cell.from) });
  addEntry({ label: () => word("new_visit"), sign: "add", visible: (cell) => free(cell) && config.may.book, run: (cell) => openNew({ resource: cell.resource, minute: cell.minute }, cell.from) });
  addEntry({ label: () => word("block_time"), sign: "lock", visible: (cell) => (free(cell) || cell.block?.visit !== undefined) && mine(cell.resource), run: ask });
  addEntry({ label: () => word("unblock"), sign: "undo", visible: (cell) => cell.block?.state === "blocked" && mine(cell.resource), run: (cell) => cell.block && void remove(cell.block) });
  by("panel").addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-block")) return;
    event.preventDefault();
    void send(form);
  });
}
