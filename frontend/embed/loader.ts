/**
 * What a site adds to its page to show the booking pages in it. It makes every `<a data-visita="…">` more than a link:
 * `inline` puts the pages there, `popup` opens them in a window, `floating` does so from the window's corner. Without
 * this script, in a browser without it, or on a site that is not listed, the links stay what they are.
 */
import { inline } from "./inline.ts";
import { dress } from "./look.ts";
import { popup } from "./popup.ts";

function start(link: HTMLAnchorElement): void {
  if (!/^https?:$/.test(link.protocol)) return; // no address of ours: one slip must not stop the others
  const form = link.dataset.visita;
  link.removeAttribute("data-visita"); // of two loaders on one page the first takes it
  if (form === "inline") inline(link);
  if (form === "popup" || form === "floating") {
    dress(link, form === "floating");
    popup(link, form);
  }
}

function startAll(): void {
  document.querySelectorAll<HTMLAnchorElement>("a[data-visita]").forEach(start);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
else startAll();
