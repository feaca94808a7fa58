/** Menus are `<details class="menu">`: they open without script; this closes them by Escape or a press outside. */
function openMenus(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
}

function closeByEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
}

function closeOutside(event: Event): void {
  for (const menu of openMenus()) {
    if (!(event.target instanceof Node) || !menu.contains(event.target)) menu.open = false;
  }
}

/** Listens once for the whole document. */
export function startMenus(): void {
  document.addEventListener("keydown", closeByEscape);
  document.addEventListener("pointerdown", closeOutside);
}
