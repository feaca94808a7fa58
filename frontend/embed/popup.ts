/** The booking pages in a window over the site's page: a modal dialog, so the focus stays in it and Escape closes it. */
import { framed, listen, makeFrame, watch } from "./frame.ts";
import { closing } from "./words.ts";

const STYLE = `
  dialog { box-sizing: border-box; width: min(440px, calc(100vw - 32px)); height: min(760px, calc(100dvh - 32px)); max-width: none;
    max-height: none; padding: 0; border: 0; border-radius: 20px; overflow: hidden; background: #f5f6f4; color-scheme: light;
    box-shadow: 0 2px 6px rgb(22 33 29 / .08), 0 20px 48px -12px rgb(22 33 29 / .4); }
  dialog.dark { background: #101815; color-scheme: dark; }
  dialog::backdrop { background: rgb(16 24 21 / .44); }
  iframe { height: 100%; }
  button { position: absolute; inset-block-start: 8px; inset-inline-end: 8px; width: 44px; height: 44px; border: 0; border-radius: 9px;
    background: none; color: #47534e; cursor: pointer; }
  .dark button { color: #c3cdc8; }
  button:hover { background: rgb(125 136 130 / .16); }
  :focus-visible { outline: 2px solid #1a5fd6; outline-offset: -2px; }
  svg { display: block; width: 22px; margin: auto; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; }
  p { margin: 72px 24px; font: 16px/1.5 system-ui, sans-serif; text-align: center; }
  a { color: #0b5561; } .dark a { color: #7fc4cf; }
  @media (max-width: 480px) { dialog { width: 100vw; height: 100dvh; border-radius: 0; } }`;

function cross(): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const sign = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  sign.setAttribute("viewBox", "0 0 24 24");
  sign.setAttribute("aria-hidden", "true");
  path.setAttribute("d", "M6 6l12 12M18 6L6 18");
  sign.append(path);
  return sign;
}

function button(link: HTMLAnchorElement, dialog: HTMLDialogElement): HTMLButtonElement {
  const close = document.createElement("button");
  close.type = "button";
  close.setAttribute("aria-label", closing(link));
  close.append(cross());
  close.addEventListener("click", () => dialog.close());
  return close;
}

/** Into the frame's page; focusing it before that page is there would leave the keys outside. */
function enter(frame: HTMLIFrameElement): void {
  frame.dataset.here = "yes";
  frame.blur();
  frame.focus();
}

function instead(link: HTMLAnchorElement): HTMLElement {
  const words = document.createElement("p");
  const way = document.createElement("a");
  way.href = link.href;
  way.target = "_blank";
  way.rel = "noopener";
  way.textContent = link.textContent?.trim() || way.href;
  words.append(way);
  return words;
}

function build(link: HTMLAnchorElement, via: string): HTMLDialogElement {
  const host = document.createElement("div");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  const dialog = document.createElement("dialog");
  const address = framed(link, via);
  const frame = makeFrame(link, address);
  dialog.setAttribute("aria-label", frame.title);
  dialog.classList.toggle("dark", address.searchParams.get("theme") === "dark");
  let ready = false;
  listen(frame, address.origin, { height: () => (ready = true), close: () => dialog.close() });
  watch(frame, () => ready, () => frame.replaceWith(instead(link)));
  frame.addEventListener("load", () => dialog.open && enter(frame));
  dialog.append(frame, button(link, dialog));
  shadow.append(dialog);
  document.body.append(host);
  return dialog;
}

/** Opens the window at a press; what was chosen in it stays until the page is left. */
export function popup(link: HTMLAnchorElement, via = "popup"): void {
  let dialog: HTMLDialogElement | undefined;
  const open = (event: Event): void => {
    event.preventDefault();
    dialog ??= build(link, via);
    const { overflow } = document.documentElement.style;
    document.documentElement.style.overflow = "hidden";
    dialog.addEventListener("close", () => {
      document.documentElement.style.overflow = overflow;
      link.focus();
    }, { once: true });
    dialog.showModal();
    const frame = dialog.querySelector("iframe");
    if (frame?.dataset.here) enter(frame);
    else dialog.querySelector("button")?.focus(); // until the page has come
  };
  link.setAttribute("role", "button");
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("click", (event) => {
    if (!(event.metaKey || event.ctrlKey || event.shiftKey)) open(event);
  });
  link.addEventListener("keydown", (event) => event.key === " " && open(event));
}
