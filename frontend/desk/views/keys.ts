/** Keys that lead to other views and dates: each presses the link that stands on the page. */
const LINKS: Record<string, string> = {
  t: "today",
  d: "view-day",
  w: "view-week",
  o: "view-month",
  r: "view-rooms",
  b: "view-places",
  l: "view-list",
  v: "view-table",
  g: "pick-open",
  P: "print",
};

function press(id: string): void {
  document.getElementById(id)?.click();
}

function arrow(back: boolean): void {
  const reversed = document.documentElement.dir === "rtl";
  press(back !== reversed ? "previous" : "next");
}

function openFilter(): void {
  const menu = document.querySelector<HTMLDetailsElement>("#filter");
  if (!menu) return;
  menu.open = true;
  menu.querySelector<HTMLElement>("select")?.focus();
}

function act(key: string): (() => void) | undefined {
  if (key === "ArrowLeft") return () => arrow(true);
  if (key === "ArrowRight") return () => arrow(false);
  if (key === "F") return openFilter;
  const id = LINKS[key];
  return id && document.getElementById(id) ? () => press(id) : undefined;
}

/** What a key does for getting about; undefined where it means nothing here. */
export const viewKey = act;

function elsewhere(event: KeyboardEvent): boolean {
  const inside = event.target instanceof Element && event.target.closest("input, select, textarea, dialog, .calendar-pop");
  return Boolean(inside) || event.ctrlKey || event.metaKey || event.altKey;
}

/** On pages without the grid: the same keys, the search and the list of keys. */
export function startViewKeys(): void {
  const help = document.getElementById("help") as HTMLDialogElement | null;
  document.addEventListener("keydown", (event) => {
    if (elsewhere(event)) return;
    const more: Record<string, () => void> = {
      "/": () => document.getElementById("finder")?.focus(),
      n: () => press("new"),
      "?": () => help?.showModal(),
    };
    const found = more[event.key] ?? act(event.key);
    if (!found) return;
    event.preventDefault();
    found();
  });
}
