/**
 * Inside another site's page: tells that one site how high this page is, so that nothing scrolls within the frame,
 * and that Escape was pressed. The site's address was checked by the server; to all others nothing is said.
 */
type News = { height: number } | { close: true };

function bottom(): number {
  const open = document.querySelector(".menu[open] > .menu-list")?.getBoundingClientRect().bottom ?? 0;
  return Math.ceil(Math.max(document.body.getBoundingClientRect().height, open + window.scrollY));
}

/** Does nothing unless the page names the site around it. */
export function startFraming(): void {
  const around = document.documentElement.dataset.around;
  if (!around || window.parent === window) return;
  const tell = (news: News): void => window.parent.postMessage({ visita: 1, ...news }, around);
  const measure = (): void => tell({ height: bottom() });
  const sizes = new ResizeObserver(measure);
  const follow = (): void => {
    sizes.disconnect();
    sizes.observe(document.body); // tells the present height, too
  };
  new MutationObserver(follow).observe(document.documentElement, { childList: true }); // a form's answer brings a new body
  follow();
  document.addEventListener("toggle", measure, { capture: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector(".menu[open]")) tell({ close: true });
  }, { capture: true });
}
