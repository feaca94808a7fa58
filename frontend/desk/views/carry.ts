/** A visit in hand on the week board: which cells take it and at what time, what is said of each, where it goes. */
import { dated, iso, time, wallMinutes } from "../clock.ts";
import { get, post, Refused, type Values } from "../net.ts";
import { tellWay } from "../notice.ts";
import { config, element, say, word } from "../page.ts";
import { toast } from "../toast.ts";
import { undoable } from "../undo.ts";
import { taken, waysOn } from "../ways.ts";
import { why, type Why } from "../why.ts";
import { hold, renewed } from "./boards.ts";

export interface Held {
  visit: number;
  appointment: number;
  version: number;
  resource: number;
  s: number;
  name: string;
}

/** A cell with the time the visit would have there. */
interface Place {
  resource: number;
  date: string;
  at: number;
}

interface Carry {
  held: Held;
  home: Place;
  place: Place;
  starts: Map<string, number[]> | null;
  tip: HTMLElement;
}

const THINK = 180; // milliseconds a hand rests before the reason is asked for
let carry: Carry | null = null;
let thinking = 0;

function root(): HTMLElement {
  return document.getElementById("board") as HTMLElement;
}

function zone(): string {
  return root().dataset.zone ?? "UTC";
}

function dateOf(minute: number): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: zone() }).format(minute * 60_000);
}

/** The visit in hand. */
export function carried(): Held | null {
  return carry?.held ?? null;
}

export function cellOf(resource: number, date: string): HTMLElement | null {
  return root().querySelector(`td[data-resource="${resource}"][data-date="${date}"]`);
}

/** The cell it stands over now. */
export function cellNow(): HTMLElement | null {
  return carry && cellOf(carry.place.resource, carry.place.date);
}

function who(resource: number): string {
  return root().querySelector(`tr[data-resource="${resource}"] th a`)?.textContent ?? "";
}

/** Takes a visit up; the cells that can take it are tinted as soon as the server has said so. */
export function take(held: Held): void {
  hold(true);
  const home = { resource: held.resource, date: dateOf(held.s), at: held.s };
  const tip = element("div", { class: "drop-tip board-tip", "aria-hidden": "true" });
  carry = { held, home, place: home, starts: null, tip };
  root().querySelector(`[data-visit="${held.visit}"][data-move]`)?.classList.add("left-behind");
  document.body.classList.add("lifting");
  document.body.append(tip);
  over(home.resource, home.date);
  void load(carry);
}

async function load(mine: Carry): Promise<void> {
  const { visit, appointment } = mine.held;
  const values = { visit, appointment, alone: false, location: config.location, date: root().dataset.first, days: 7 };
  const found = await get<{ starts: Record<string, number[]> }>("starts.json", values).catch(() => null);
  if (carry !== mine || !found) return; // the drop itself will tell
  mine.starts = new Map();
  for (const [resource, starts] of Object.entries(found.starts)) {
    for (const start of starts) {
      const key = `${resource} ${dateOf(start)}`;
      const there = mine.starts.get(key);
      if (there) there.push(start);
      else mine.starts.set(key, [start]);
    }
  }
  for (const cell of root().querySelectorAll<HTMLElement>("td[data-date]")) cell.classList.toggle("cell-takes", mine.starts.has(`${cell.dataset.resource} ${cell.dataset.date}`));
  over(mine.place.resource, mine.place.date);
  announce();
}

function startsAt(mine: Carry, resource: number, date: string): number[] {
  return mine.starts?.get(`${resource} ${date}`) ?? [];
}

/** Its hour of the wall clock on another date. */
function sameHour(mine: Carry, date: string): number {
  const days = (Date.parse(date) - Date.parse(mine.home.date)) / 86_400_000;
  const at = mine.home.at + days * 1440;
  return at - (wallMinutes(at, zone()) - wallMinutes(mine.home.at, zone())); // a change of the clocks between
}

function best(mine: Carry, resource: number, date: string): number {
  const wanted = sameHour(mine, date);
  const near = [...startsAt(mine, resource, date)].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  return resource === mine.home.resource && date === mine.home.date ? wanted : (near[0] ?? wanted);
}

function same(a: Place, b: Place): boolean {
  return a.resource === b.resource && a.at === b.at;
}

/** Whether the server has said that it may stand there; undefined before. */
function free(mine: Carry): boolean | undefined {
  const { resource, date, at } = mine.place;
  return mine.starts ? startsAt(mine, resource, date).includes(at) : undefined;
}

function verdict(mine: Carry): string {
  if (same(mine.place, mine.home)) return word("here");
  const yes = free(mine);
  return yes === undefined ? word("checking") : word(yes ? "free" : "not_free");
}

function when(place: Place): string {
  return `${dated(place.date)} ${time(place.at, zone())}`;
}

function tell(mine: Carry, said: string): void {
  mine.tip.replaceChildren(element("b", {}, when(mine.place)), `, ${said}`, element("small", {}, word("puts_back")));
}

/** Shows it over a cell, at its own hour or the nearest one that is free. */
export function over(resource: number, date: string): void {
  if (!carry) return;
  settle({ resource, date, at: best(carry, resource, date) });
}

function settle(place: Place): void {
  const mine = carry;
  if (!mine) return;
  const changed = !same(mine.place, place);
  mine.place = place;
  root().querySelectorAll(".cell-over").forEach((cell) => cell.classList.remove("cell-over", "cell-refuses"));
  const cell = cellNow();
  cell?.classList.add("cell-over");
  cell?.classList.toggle("cell-refuses", free(mine) === false && !same(place, mine.home));
  tell(mine, verdict(mine));
  if (cell) beside(mine.tip, cell);
  if (changed && free(mine) === false) think(mine, place);
}

function beside(tip: HTMLElement, cell: HTMLElement): void {
  const box = cell.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left + 8), innerWidth - tip.offsetWidth - 8);
  tip.style.left = `${left}px`;
  tip.style.top = `${box.bottom + tip.offsetHeight + 12 < innerHeight ? box.bottom + 4 : Math.max(8, box.top - tip.offsetHeight - 4)}px`;
}

/** The next earlier or later free time of the cell. */
export function turn(by: 1 | -1): void {
  const mine = carry;
  if (!mine) return;
  const { resource, date, at } = mine.place;
  const starts = [...startsAt(mine, resource, date)].sort((a, b) => a - b);
  const next = by > 0 ? starts.find((each) => each > at) : starts.reverse().find((each) => each < at);
  if (next !== undefined) settle({ resource, date, at: next });
}

/** Says aloud where it is. */
export function announce(): void {
  if (carry) say(word("spot", { time: when(carry.place), who: who(carry.place.resource), verdict: verdict(carry) }));
}

function reasons(held: Held, place: Place): Promise<Why> {
  const { visit, appointment } = held;
  return why({ visit, appointment, alone: false, resource: place.resource, start: place.at, date: place.date });
}

function think(mine: Carry, place: Place): void {
  window.clearTimeout(thinking);
  thinking = window.setTimeout(async () => {
    const [first] = (await reasons(mine.held, place)).reasons;
    if (carry !== mine || !same(mine.place, place) || !first) return;
    tell(mine, first);
    const cell = cellNow();
    if (cell) beside(mine.tip, cell);
  }, THINK);
}

function clear(): Carry | null {
  const mine = carry;
  carry = null;
  window.clearTimeout(thinking);
  mine?.tip.remove();
  document.body.classList.remove("lifting");
  root().querySelectorAll(".cell-over, .cell-takes, .left-behind").forEach((made) => made.classList.remove("cell-over", "cell-refuses", "cell-takes", "left-behind"));
  hold(false);
  return mine;
}

/** Puts it back where it was. */
export function putBack(): void {
  const mine = clear();
  if (!mine) return;
  focus(mine.held.visit);
  say(word("put_back", { name: mine.held.name, time: when(mine.home), who: who(mine.home.resource) }));
}

function focus(visit: number): void {
  root().querySelector<HTMLElement>(`a[data-visit="${visit}"]`)?.focus({ preventScroll: true });
}

/** Drops it where it is shown; where that is not allowed it stays, and says why. */
export async function drop(): Promise<void> {
  const yes = carry && free(carry);
  const mine = clear();
  if (!mine || same(mine.place, mine.home)) return;
  if (yes === false) await explain(mine);
  else await go(mine);
}

/** What is said when a drop is refused before the server is asked to move. */
async function explain(mine: Carry): Promise<void> {
  const known = await reasons(mine.held, mine.place);
  const text = word("stays", { reason: known.reasons[0] ?? word("not_free_there") });
  const ways = config.may.overbook && known.over ? [{ text: word("anyway"), go: () => void go(mine, { force: true }) }] : [];
  toast(text, ways, "alert");
  say(text);
  focus(mine.held.visit);
}

async function go(mine: Carry, more: Values = {}): Promise<void> {
  const { held, place, home } = mine;
  try {
    const done = await move(held, place, { version: held.version, ...more });
    const text = word("moved", { name: held.name, time: when(place), who: who(place.resource) });
    const undo = undoable(() => back(held, home, done.version));
    toast(text, [undo, ...tellWay(held.visit, held.name, done.reach, undo)]);
    say(text);
  } catch (error) {
    await refused(mine, error, more);
  }
  await renewed();
  focus(held.visit);
}

async function move(held: Held, place: Place, more: Values): Promise<{ version: number; reach: string }> {
  const { visit, appointment } = held;
  return post(`visits/${visit}/move`, { start: iso(place.at), resource: place.resource, appointment, alone: false, minutes: null, ...more });
}

async function back(held: Held, home: Place, version: number): Promise<void> {
  try {
    await move(held, home, { version, back: true });
    const text = word("undone", { name: held.name, time: when(home), who: who(home.resource) });
    toast(text, [], "undo");
    say(text);
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
  await renewed();
  focus(held.visit);
}

async function refused(mine: Carry, error: unknown, before: Values = {}): Promise<void> {
  const known = taken(error) ? (await reasons(mine.held, mine.place)).reasons : [];
  const said = error instanceof Refused ? error.message : word("failed");
  const whole = error instanceof Refused && ["changed_meanwhile", "price_changed", "offline"].includes(error.code);
  const text = whole ? said : word("stays", { reason: known[0] ?? said });
  toast(text, waysOn(error, (more) => void go(mine, { ...before, ...more })), "alert");
  say(text);
}
