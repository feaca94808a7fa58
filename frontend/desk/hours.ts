/**
 * Working time changed on the chart: an edge or a whole bar is dragged, or the cell's arrows move its ends. What is saved
 * is what the form of the day would save; where visits would be left outside, that form opens with it instead.
 */
const STEP = 15; // minutes
const GRIP = 7; // pixels around an edge that take the edge and not the bar
const REST = 700; // milliseconds after the last key before it is saved

type Spans = [number, number][];
interface Answer { hours?: string; before?: string; url?: string; detail?: string }

const root = document.getElementById("desk-hours") as HTMLElement;
const low = Number(root.dataset.low);
const width = Number(root.dataset.width);
let waiting = 0;
let dragged = false;

function minutes(text: string): number {
  const [h, m] = text.split(":").map(Number);
  return (h ?? 0) * 60 + (m ?? 0);
}

function read(text: string): Spans {
  return text.split(",").filter((part) => part.trim()).map((part) => part.split("–").map((one) => minutes(one.trim())) as [number, number]);
}

function clock(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
}

function shown(spans: Spans): string {
  return spans.map(([s, e]) => `${clock(s)}–${clock(e)}`).join(", ");
}

const locale = root.dataset.locale;
const written = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
const dot = written.format(0).includes(".") ? "." : ":";

/** As the reader writes times. */
function told(spans: Spans): string {
  const at = (minute: number): string => (written.resolvedOptions().hour12 ? written.format(minute * 60_000) : clock(minute).replace(":", dot));
  return spans.map(([s, e]) => `${at(s)}–${at(e)}`).join(", ");
}

/** Draws the spans into the cell's bar and its text. */
function draw(cell: HTMLElement, spans: Spans): void {
  const bars = [...cell.querySelectorAll<SVGRectElement>(".hours-planned")];
  spans.forEach(([s, e], at) => {
    bars[at]?.setAttribute("x", String(s));
    bars[at]?.setAttribute("width", String(e - s));
  });
  const text = cell.querySelector(".hours-text");
  if (text) text.textContent = told(spans) || "–";
}

function toast(text: string, undo: (() => void) | null): void {
  const box = document.createElement("div");
  box.className = "toast";
  const words = document.createElement("span");
  words.className = "grow";
  words.textContent = text;
  box.append(words);
  if (undo) {
    const button = document.createElement("button");
    button.className = "button";
    button.type = "button";
    button.textContent = root.dataset.undo ?? "";
    button.addEventListener("click", undo);
    box.append(button);
  }
  document.getElementById("toasts")?.replaceChildren(box);
  window.setTimeout(() => box.remove(), 8000);
}

async function save(cell: HTMLElement, hours: string, before: string): Promise<void> {
  cell.classList.add("saving");
  const body = { location: Number(root.dataset.location), resource: Number(cell.dataset.resource), date: cell.dataset.date, hours, was: before };
  const token = root.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  try {
    const address = `${root.dataset.url?.replace(/\/$/, "")}.json`;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
    const answer = ((await response?.json().catch(() => null)) ?? {}) as Answer; // no line, or no answer of ours: nothing to read
    if (answer.url) return window.location.assign(answer.url);
    const now = answer.hours ?? before;
    cell.dataset.hours = now; // also of a refusal: what somebody else made of the day
    if (!response?.ok) throw new Error(answer.detail ?? "");
    draw(cell, read(now));
    toast(`${root.dataset.saved}: ${now || "–"}`, before === now ? null : () => void save(cell, before, now));
  } catch (error) {
    draw(cell, read(cell.dataset.hours ?? before));
    toast((error as Error).message || (root.dataset.failed ?? ""), null);
  } finally {
    cell.classList.remove("saving");
  }
}

/** Spans with one end, or both, moved; null where they would meet, vanish or leave the day. */
function moved(spans: Spans, at: number, from: number, to: number): Spans | null {
  const next = spans.map(([s, e], i) => (i === at ? [s + from, e + to] : [s, e])) as Spans;
  const fits = next.every(([s, e], i) => s >= 0 && e <= 1440 && e - s >= STEP && (i === 0 || s >= (next[i - 1]?.[1] ?? 0)));
  return fits ? next : null;
}

function pressed(event: PointerEvent): void {
  const bar = (event.target as Element).closest<SVGSVGElement>(".hours-bar");
  const cell = bar?.closest<HTMLElement>("a.hours-cell");
  if (!bar || !cell || event.button !== 0) return;
  const box = bar.getBoundingClientRect();
  const scale = width / box.width;
  const minute = low + (event.clientX - box.left) * scale;
  const before = cell.dataset.hours ?? "";
  const spans = read(before);
  const reach = GRIP * scale;
  const at = spans.findIndex(([s, e]) => minute >= s - reach && minute <= e + reach);
  const span = spans[at];
  if (!span) return;
  event.preventDefault();
  const edge = Math.abs(minute - span[0]) <= reach ? "start" : Math.abs(minute - span[1]) <= reach ? "end" : "both";
  let now = spans;
  dragged = false;
  const move = (going: PointerEvent): void => {
    const by = Math.round(((going.clientX - event.clientX) * scale) / STEP) * STEP;
    dragged ||= Math.abs(going.clientX - event.clientX) > 3;
    const next = moved(spans, at, edge === "end" ? 0 : by, edge === "start" ? 0 : by);
    if (next) draw(cell, (now = next));
  };
  const end = (going: Event): void => {
    window.removeEventListener("pointermove", move);
    for (const kind of ["pointerup", "pointercancel", "keydown"]) window.removeEventListener(kind, end);
    const off = going.type !== "pointerup";
    if (off) draw(cell, spans);
    else if (shown(now) !== before) void save(cell, shown(now), before);
  };
  window.addEventListener("pointermove", move);
  for (const kind of ["pointerup", "pointercancel", "keydown"]) window.addEventListener(kind, end);
}

/** Arrows move the end of the last interval, with Shift the start of the first. */
function keyed(event: KeyboardEvent): void {
  const cell = (event.target as Element).closest<HTMLElement>("a.hours-cell");
  if (!cell || (event.key !== "ArrowLeft" && event.key !== "ArrowRight") || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const saved = cell.dataset.hours ?? "";
  const spans = read(cell.dataset.typed ?? saved);
  const by = event.key === "ArrowRight" ? STEP : -STEP;
  const next = event.shiftKey ? moved(spans, 0, by, 0) : moved(spans, spans.length - 1, 0, by);
  if (!next) return;
  cell.dataset.typed = shown(next);
  draw(cell, next);
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => {
    delete cell.dataset.typed;
    if (shown(next) !== saved) void save(cell, shown(next), saved);
  }, REST);
}

export function startHours(): void {
  root.addEventListener("pointerdown", pressed);
  root.addEventListener("dragstart", (event) => event.preventDefault());
  root.addEventListener("keydown", keyed);
  root.addEventListener("click", (event) => {
    if (dragged) event.preventDefault();
    dragged = false;
  });
}
