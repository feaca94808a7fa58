/** The toolbar keeps to one row: what has no room, in any language, stands in the menu at its end. */
const small = matchMedia("(max-width: 760px)");

interface Tool {
  made: HTMLElement;
  /** What stands after it in the row. */
  before: Element | null;
}

function tools(end: HTMLElement): Tool[] {
  const found = [...end.querySelectorAll<HTMLElement>(":scope > [data-fold]")];
  return found.map((made) => ({ made, before: made.nextElementSibling })).sort((a, b) => Number(a.made.dataset.fold) - Number(b.made.dataset.fold));
}

/** Whether the row is too long for its place. */
function wraps(bar: HTMLElement): boolean {
  const [first, last] = [bar.firstElementChild, bar.lastElementChild];
  return bar.scrollWidth > bar.clientWidth || (first instanceof HTMLElement && last instanceof HTMLElement && last.offsetTop > first.offsetTop + first.offsetHeight / 2);
}

function unfold(all: Tool[]): void {
  const end = document.querySelector(".tools-more")?.parentElement;
  [...all].reverse().forEach(({ made, before }) => end?.insertBefore(made, before?.parentElement === end ? before : (end.lastElementChild ?? null)));
}

function arrange(bar: HTMLElement, all: Tool[], folded: HTMLElement): void {
  unfold(all);
  bar.classList.remove("toolbar-tight");
  for (const { made } of all) {
    if (!small.matches && !wraps(bar)) return;
    folded.append(made);
  }
  bar.classList.toggle("toolbar-tight", !small.matches && wraps(bar));
}

export function startTools(): void {
  const bar = document.querySelector<HTMLElement>(".toolbar");
  const end = bar?.querySelector<HTMLElement>(".toolbar-end:has(> .tools-more)");
  const folded = bar?.querySelector<HTMLElement>(".tools-folded");
  if (!bar || !end || !folded) return;
  const all = tools(end);
  let measured = "";
  const look = (): void => {
    const now = `${bar.clientWidth} ${document.getElementById("title")?.textContent}`;
    if (now === measured || end.contains(document.activeElement)) return; // nobody loses what is in hand
    measured = now;
    arrange(bar, all, folded);
  };
  look();
  new ResizeObserver(look).observe(bar);
  document.addEventListener("desk:drawn", look);
}
