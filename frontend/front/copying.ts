/** The small button that copies the visit's code; it stays hidden where the browser cannot copy. */
async function copy(button: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(button.dataset.copy ?? "");
  const told = document.getElementById(button.dataset.tells ?? "");
  if (told) told.textContent = button.dataset.copied ?? "";
}

/** Binds every `[data-copy]` below `root`. */
export function startCopying(root: ParentNode): void {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLElement>("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button).catch(() => undefined));
  }
}
