/** A frame with an organization's booking pages, and the only two things it may say to the site around it. */

/** What a frame's page tells; anything else is not ours and is ignored. */
export interface Heard {
  height?: (pixels: number) => void;
  close?: () => void;
}

const HIGHEST = 20_000; // px; no page of ours comes near it

/** The framed form of a link to the booking pages: `/siluet/?service=3` → `/siluet/embed/?service=3&via=…`. */
export function framed(link: HTMLAnchorElement, via: string): URL {
  const address = new URL(link.href);
  const [slug = "", ...rest] = address.pathname.split("/").filter(Boolean);
  address.pathname = ["", slug, "embed", ...rest, ""].join("/");
  const theme = link.dataset.theme ?? "light";
  if (theme !== "auto") address.searchParams.set("theme", theme);
  if (link.dataset.background === "none") address.searchParams.set("bg", "none");
  address.searchParams.set("via", via);
  address.searchParams.set("origin", location.origin);
  return address;
}

/** An empty frame named by the link's words. */
export function makeFrame(link: HTMLAnchorElement, address: URL): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.title = link.textContent?.trim() || address.host;
  frame.allow = "clipboard-write";
  frame.src = address.href;
  frame.style.cssText = "display:block;width:100%;border:0;background:none;color-scheme:normal";
  return frame;
}

function read(data: unknown): { height?: unknown; close?: unknown } | null {
  return typeof data === "object" && data !== null && (data as { visita?: unknown }).visita === 1 ? data : null;
}

/** Listens to this one frame, as long as its page is the one we asked for. */
export function listen(frame: HTMLIFrameElement, origin: string, heard: Heard): void {
  window.addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    const news = read(event.data);
    const { height, close } = news ?? {};
    if (typeof height === "number" && height > 0 && height < HIGHEST) heard.height?.(height);
    if (close === true) heard.close?.();
  });
}

/** Calls `refused` when the frame's page stays silent: the browser does not let this site show it. */
export function watch(frame: HTMLIFrameElement, spoke: () => boolean, refused: () => void): void {
  frame.addEventListener("load", () => window.setTimeout(() => !spoke() && refused(), 2000), { once: true });
}
