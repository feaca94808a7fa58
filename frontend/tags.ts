/**
 * The inside of the tags' frame: loads what the organization set and hands on each step it is told.
 *
 * The frame has no origin and so no cookies and no storage; tags that insist on them get empty ones that last as long
 * as the page.
 */
const STEPS = new Set(["view", "place", "service", "time", "details", "booked"]);

type Pixel = { (...told: unknown[]): void; queue: unknown[][]; loaded: boolean; version: string; callMethod?: (...told: unknown[]) => void };

export {};

declare global {
  interface Window {
    dataLayer?: object[];
    fbq?: Pixel;
    _fbq?: Pixel;
  }
}

function emptyStores(): void {
  let jar = "";
  Object.defineProperty(document, "cookie", { get: () => jar, set: (value: string) => (jar = value.split(";")[0] ?? "") });
  for (const name of ["localStorage", "sessionStorage"]) {
    const kept = new Map<string, string>();
    const store = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key) };
    Object.defineProperty(window, name, { value: store });
  }
}

function load(address: string): void {
  const script = document.createElement("script");
  script.async = true;
  script.src = address;
  document.head.append(script);
}

function manager(google: string, id: string): void {
  window.dataLayer = [{ "gtm.start": Date.now(), event: "gtm.js" }];
  load(`${google}/gtm.js?id=${encodeURIComponent(id)}`);
}

function pixel(facebook: string, id: string): void {
  const call = ((...told: unknown[]) => (call.callMethod ? call.callMethod(...told) : call.queue.push(told))) as Pixel;
  Object.assign(call, { queue: [], loaded: true, version: "2.0" });
  window.fbq = window._fbq = call;
  call("init", id);
  load(`${facebook}/en_US/fbevents.js`);
}

function hand(step: string): void {
  window.dataLayer?.push({ event: `visita_${step}` });
  if (step === "view") window.fbq?.("track", "PageView");
  else if (step === "booked") window.fbq?.("track", "Schedule");
  else window.fbq?.("trackCustom", `visita_${step}`);
}

const { manager: container = "", pixel: number = "", google = "", facebook = "" } = document.documentElement.dataset;
emptyStores();
if (container) manager(google, container);
if (number) pixel(facebook, number);
window.addEventListener("message", (event: MessageEvent<{ visita?: number; event?: string } | null>) => {
  const step = event.source === window.parent && event.data?.visita === 1 ? event.data.event : undefined;
  if (step !== undefined && STEPS.has(step)) hand(step);
});
