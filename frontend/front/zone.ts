/** Names the location's zone only to a visitor whose own clock stands elsewhere. */

/** Shows every `[data-zone]` whose zone differs from the device's at this moment. */
export function startZone(root: ParentNode): void {
  const now = new Date();
  for (const words of root.querySelectorAll<HTMLElement>("[data-zone]")) {
    const there = now.toLocaleString("en-GB", { timeZone: words.dataset.zone });
    words.hidden = there === now.toLocaleString("en-GB");
  }
}
