/** "Search this" in the menu of a cell: the value that was pressed, the client, the service or the person, is searched for. */
import { addEntry, type Cell } from "../cellmenu.ts";
import { titled } from "../block.ts";
import { config, word } from "../page.ts";
import { current } from "../store.ts";
import { shownWeek } from "./week.ts";

function go(field: string, value: string): void {
  const address = new URL(`${config.base}search/`, window.location.href);
  for (const find of new URLSearchParams(window.location.search).getAll("find")) address.searchParams.append("find", find);
  address.searchParams.append("find", `${field}:${value}`);
  address.searchParams.set("location", String(config.location));
  window.location.assign(address.href);
}

/** The client as the block names them, without the animal or vehicle beside. */
function client(cell: Cell): string {
  return (cell.block?.title ?? "").split(" · ")[0] ?? "";
}

function who(cell: Cell): string {
  return shownWeek() ? "" : (current().resources.find((column) => column.id === cell.resource)?.name ?? "");
}

function visit(cell: Cell): boolean {
  return cell.block?.visit !== undefined && cell.block.state !== "elsewhere";
}

export function startSearching(): void {
  addEntry({ label: (cell) => word("search_this", { text: client(cell) || (cell.block ? titled(cell.block) : "") }), sign: "search", visible: (cell) => visit(cell) && client(cell) !== "", run: (cell) => go("client", client(cell)) });
  addEntry({ label: (cell) => word("search_this", { text: cell.block?.service ?? "" }), sign: "search", visible: (cell) => visit(cell) && cell.block?.service !== "", run: (cell) => go("any", cell.block?.service ?? "") });
  addEntry({ label: (cell) => word("search_this", { text: who(cell) }), sign: "search", visible: (cell) => who(cell) !== "", run: (cell) => go("resource", String(cell.resource)) });
}
