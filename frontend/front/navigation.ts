/**
 * Choosing a person or a day exchanges only the middle of the page: nothing jumps, the place on the page and the
 * focus stay. The links are plain links, so everything works without this file and when a request fails.
 */
import htmx from "htmx.org";

function keepSight(root: ParentNode): void {
  const chosen = root.querySelector<HTMLElement>(".people [data-chosen]");
  chosen?.closest("li")?.scrollIntoView({ block: "nearest", inline: "center" });
}

/** `prepare` runs again on the page after each exchange. */
export function startNavigation(prepare: (root: ParentNode) => void): void {
  window.htmx = htmx;
  document.addEventListener("htmx:after:swap", () => {
    prepare(document);
    keepSight(document);
  });
  keepSight(document);
}
