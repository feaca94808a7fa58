/** Makes the link a button in the site's colours; without `data-color` it looks as the site itself made it. */
const COLOR = /^#[0-9a-f]{6}$/i;
const BUTTON = "display:inline-flex;align-items:center;justify-content:center;box-sizing:border-box;min-height:48px;padding:10px 24px;"
  + "border-radius:999px;font-weight:600;line-height:1.25;text-decoration:none;cursor:pointer";
const CORNER = ";position:fixed;z-index:2147483000;inset-block-end:max(20px,env(safe-area-inset-bottom));inset-inline-end:20px;"
  + "box-shadow:0 2px 6px rgb(22 33 29/.12),0 12px 32px -8px rgb(22 33 29/.4)";

/** `floating` puts it into the corner of the window. */
export function dress(link: HTMLAnchorElement, floating: boolean): void {
  const { color = "", ink = "" } = link.dataset;
  if (!floating && !COLOR.test(color)) return;
  link.style.cssText = BUTTON + (floating ? CORNER : "");
  link.style.background = COLOR.test(color) ? color : "#0e5c69";
  link.style.color = COLOR.test(ink) ? ink : "#ffffff";
}
