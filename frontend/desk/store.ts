/** The day on the screen: asked for, kept, redrawn. Only the newest answer counts. */
import { length, money, now, time } from "./clock.ts";
import { draw, drawNow, scrollToStart } from "./grid.ts";
import { journal as ask, Refused, titled } from "./net.ts";
import { above, by, config, word } from "./page.ts";
import { fit } from "./scale.ts";
import { folded } from "./views/week.ts";
import type { Block, Journal } from "./types.ts";

let day: Journal = folded(JSON.parse(by("desk-journal").textContent ?? "{}") as Journal);
let asked = 0;
let running = 0;
let frozen = false;
let waiting = false;
let focused: string[] = [];
let seen = now(); // the minute the picture was last known to be true

/** The day as last drawn. */
export function current(): Journal {
  return day;
}

/** The claims of a visit. */
export function blocksOf(visit: number): Block[] {
  return day.blocks.filter((block) => block.visit === visit);
}

/** A moved visit has new claims, so the focus is also kept by visit and column. */
function keepFocus(): void {
  const active = document.activeElement;
  const block = active instanceof HTMLElement ? active.closest<HTMLElement>(".block[data-block]") : null;
  if (!block) return;
  const { visit, block: id } = block.dataset;
  const resource = block.closest<HTMLElement>(".col")?.dataset.resource;
  const known = visit ? [`.col[data-resource="${resource}"] .block[data-visit="${visit}"]`, `.block[data-visit="${visit}"]`] : [];
  focused = [`.block[data-block="${id}"]`, ...known];
}

function giveFocus(): void {
  for (const selector of focused) {
    const found = document.querySelector<HTMLElement>(selector);
    if (!found) continue;
    found.focus({ preventScroll: true });
    break;
  }
  focused = [];
}

/** Draws what is kept; the block that had the focus has it again. */
export function redraw(): void {
  keepFocus();
  draw(day, by<HTMLInputElement>("cancelled").checked);
  giveFocus();
  figures();
  document.dispatchEvent(new CustomEvent("desk:drawn"));
}

function figures(): void {
  const { stats } = day;
  by("stat-visits").textContent = String(stats.visits);
  by("stat-free").textContent = length(stats.free);
  const revenue = document.getElementById("stat-revenue");
  if (revenue) revenue.textContent = money(stats.revenue, stats.currency);
  const booked = document.getElementById("stat-booked");
  if (booked) booked.textContent = word("booked_sum", { sum: money(stats.booked, stats.currency) });
  by("stat-done").textContent = word("done", { n: stats.done });
  by("stat-filled").textContent = word("filled", { n: stats.filled });
  by("stat-cancelled").textContent = String(stats.cancelled);
  by("cancelled").closest("label")?.classList.toggle("nothing", stats.cancelled === 0);
}

/** Shows blocks as they will be while the server is asked. */
export function pretend(blocks: Block[]): void {
  day = { ...day, blocks };
  redraw();
}

/** While something is lifted the picture holds still; what came meanwhile is asked for afterwards. */
export function freeze(on: boolean): void {
  frozen = on;
  if (!on && waiting) void refresh(true);
}

/** Asks for the day again. `fresh` redraws even what did not change (after something was only pretended). */
export async function refresh(fresh = false): Promise<void> {
  waiting = frozen;
  if (frozen) return;
  const turn = ++asked;
  const whole = fresh || running > 0; // the answer overtaken is thrown away: "unchanged" since it would say nothing
  running++;
  try {
    const found = await ask({ location: config.location, date: day.date }, whole);
    if (turn !== asked) return;
    seen = now();
    online(true);
    if (frozen) {
      waiting = true; // taken up while the answer was on its way
    } else if (found) {
      day = found;
      redraw();
    }
  } catch (error) {
    const status = error instanceof Refused ? error.status : 0;
    if (status === 403 || status === 404) document.dispatchEvent(new CustomEvent("desk:forbidden"));
    else if (status !== 401) online(false);
  } finally {
    running--;
  }
}

/** Shows another day of the location, even while something is lifted; its title, or null where it could not be had. */
export async function show(date: string): Promise<string | null> {
  const turn = ++asked;
  const found = await ask({ location: config.location, date }, true).catch(() => null);
  if (!found || turn !== asked) return null;
  seen = now();
  day = found;
  redraw();
  online(true);
  document.dispatchEvent(new CustomEvent("desk:day"));
  return titled();
}

/** Says whether the picture is up to date. */
export function online(yes: boolean): void {
  let sign = document.getElementById("offline");
  if (yes) return sign?.remove();
  if (sign) return;
  sign = document.createElement("p");
  sign.id = "offline";
  sign.className = "offline";
  sign.setAttribute("role", "status");
  sign.textContent = word("offline", { time: time(seen, day.zone) });
  above().append(sign);
}

export function startStore(): void {
  fit(day.blocks.filter((block) => block.visit !== undefined).map((block) => block.e - block.s));
  by<HTMLInputElement>("cancelled").checked = config.liked.cancelled;
  redraw();
  scrollToStart(day);
  setInterval(() => drawNow(day), 20_000);
  by("cancelled").addEventListener("change", redraw);
}
