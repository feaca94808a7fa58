/** Search as you type among the services on the page; without script the same field asks the server. */

/** Lower case, without marks: "Ecografie" is found by "écograf", "ё" by "е". */
export function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
}

function show(list: HTMLElement, words: string[]): void {
  let found = 0;
  for (const group of list.querySelectorAll<HTMLElement>("[data-group]")) {
    let any = false;
    for (const item of group.querySelectorAll<HTMLElement>("[data-words]")) {
      const text = plain(item.dataset.words ?? "");
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) found += 1;
      any ||= !item.hidden;
    }
    group.hidden = !any;
  }
  const none = list.querySelector<HTMLElement>("[data-none]");
  if (none) none.hidden = found > 0;
}

/** Binds each `input[data-search]` to the list whose id it names. */
export function startSearch(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>("input[data-search]")) {
    const list = document.getElementById(input.dataset.search ?? "");
    if (!list) continue;
    const run = (): void => show(list, plain(input.value).split(/\s+/).filter(Boolean));
    input.addEventListener("input", run);
    input.form?.addEventListener("submit", (event) => event.preventDefault());
    if (input.value) run();
  }
}
