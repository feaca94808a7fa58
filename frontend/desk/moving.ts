/** Carrying out a move: shown at once, asked of the server, taken back with its reason when refused. */
import { titled } from "./block.ts";
import { dated, iso, time } from "./clock.ts";
import { get, post, Refused, type Values } from "./net.ts";
import { tellWay } from "./notice.ts";
import { config, say, word } from "./page.ts";
import { anyway } from "./overlap.ts";
import { blocksOf, current, pretend, refresh } from "./store.ts";
import { toast, type Way } from "./toast.ts";
import type { Block, Spot } from "./types.ts";
import { undoable } from "./undo.ts";
import { closest, taken, waysOn } from "./ways.ts";
import { why, type Why } from "./why.ts";

const NEAR = 2; // free times offered beside a refused one

interface Moved {
  version: number;
  /** How the client can be told: phone, email or not at all. */
  reach: string;
}

/** What a move shall do besides: take the part alone, resize, or go over what stands in its way. */
interface Wish {
  alone: boolean;
  resized?: boolean;
  /** All blocks of the visit where the day shown has not all of them. */
  family?: Block[];
  /** What the server's refusal asked for: force, warned, override, the price seen, the version seen. */
  more?: Values;
}

function who(resource: number): string {
  return current().resources.find((column) => column.id === resource)?.name ?? "";
}

/** Whether the dragged part moves without the others of its visit (as the server decides it). */
export function movesAlone(block: Block, to: Spot, alone: boolean): boolean {
  return alone || ((block.n ?? 1) > 1 && to.resource !== block.resource);
}

function shifted(block: Block, by: number): Block {
  return { ...block, s: block.s + by, e: block.e + by, from: block.from + by, to: block.to + by };
}

/** The day's blocks as they will be: what moves stands there, also where it comes from another day. */
function moved(block: Block, to: Spot, wish: Wish): Block[] {
  const alone = movesAlone(block, to, wish.alone);
  const longer = to.e - to.s - (block.e - block.s);
  const family = wish.family ?? blocksOf(block.visit ?? 0);
  const going = family.filter((other) => other.id === block.id || !alone || other.appointment === block.appointment);
  const ids = new Set(going.map((each) => each.id));
  const there = going.map((other) => {
    const made = shifted(other, to.s - block.s);
    return other.id === block.id ? { ...made, resource: to.resource, e: made.e + longer, to: made.to + longer } : made;
  });
  const { s, e } = current().day;
  return [...current().blocks.filter((each) => !ids.has(each.id)), ...there.filter((each) => each.s >= s && each.s < e)];
}

function address(block: Block): string {
  return `visits/${block.visit}/move`;
}

function body(block: Block, to: Spot, wish: Wish): Values {
  const { appointment, version } = block;
  const minutes = wish.resized ? to.e - to.s : null;
  return { start: iso(to.s), resource: to.resource, appointment, alone: wish.alone, minutes, version, ...wish.more };
}

async function back(block: Block, wish: Wish, version: number): Promise<void> {
  const home: Spot = { resource: block.resource, s: block.s, e: block.e };
  try {
    await post(address(block), body(block, home, { ...wish, more: { version, back: true } }));
    const values = { name: titled(block), time: when(block.s), who: who(block.resource) };
    toast(word("undone", values), [], "undo");
    say(word("undone", values));
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
  await refresh(true);
}

/** The time, with its day where that is not the one shown. */
function when(minute: number): string {
  const { day, zone } = current();
  if (minute >= day.s && minute < day.e) return time(minute, zone);
  const date = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: zone }).format(minute * 60_000);
  return `${dated(date)} ${time(minute, zone)}`;
}

function told(block: Block, to: Spot, wish: Wish): string {
  const { zone, date, day } = current();
  const clock = time(wish.resized ? to.e : to.s, zone);
  const elsewhere = block.s < day.s || block.s >= day.e;
  const values = { name: titled(block), time: elsewhere ? `${dated(date)} ${clock}` : clock, who: who(to.resource) };
  return word(wish.resized ? "resized" : "moved", values);
}

/** Moves or resizes; a refusal puts everything back and says why, with the ways to go on. */
export async function move(block: Block, to: Spot, wish: Wish): Promise<void> {
  const { blocks: before, date } = current();
  const text = told(block, to, wish);
  pretend(moved(block, to, wish));
  try {
    const done = await post<Moved>(address(block), body(block, to, wish));
    const undo = undoable(() => back(block, wish, done.version));
    toast(text, [undo, ...tellWay(block.visit ?? 0, titled(block), done.reach, undo)]);
    say(text);
  } catch (error) {
    if (current().date === date) pretend(before);
    await refusedAt(block, to, wish, error);
  }
  await refresh(true);
  document.dispatchEvent(new CustomEvent("desk:changed", { detail: block.visit }));
}

async function refusedAt(block: Block, to: Spot, wish: Wish, error: unknown): Promise<void> {
  const refused = error instanceof Refused ? error : new Refused(0, "failed", word("failed"));
  const known = taken(refused) ? await reasons(block, to, wish.alone, wish.resized ? to.e - to.s : null) : [];
  const text = ["changed_meanwhile", "price_changed", "offline"].includes(refused.code)
    ? refused.message
    : word("stays", { reason: known[0] ?? refused.message });
  const go = (more: Values): void => void move(block, to, { ...wish, more: { ...wish.more, ...more } });
  const near = taken(refused) ? await nearest(block, to, wish) : [];
  const ways = waysOn(refused, go, anyway(to.resource, to.s, to.e, block.visit));
  toast(text, [...near, ...ways], "alert");
  say(text);
}

/** The free times beside a refused one, of that person on the day shown: a press moves there. */
async function nearest(block: Block, to: Spot, wish: Wish): Promise<Way[]> {
  if (wish.resized) return []; // it keeps its start: no other one is a way on
  const { visit, appointment } = block;
  const { date, zone } = current();
  const asks = { visit, appointment, alone: wish.alone, location: config.location, date };
  const found = await get<{ starts: Record<string, number[]> }>("starts.json", asks).catch(() => null);
  const free = (found?.starts[to.resource] ?? []).filter((start) => start !== block.s || to.resource !== block.resource);
  const there = (s: number): Spot => ({ resource: to.resource, s, e: s + to.e - to.s });
  return closest(free, to.s, NEAR).map((s) => ({ text: time(s, zone), go: () => void move(block, there(s), { ...wish, more: {} }) }));
}

/** Why the block cannot be there: the server's sentences, none when it can. */
export async function reasons(block: Block, to: Spot, alone: boolean, minutes: number | null = null): Promise<string[]> {
  return (await asked(block, to, alone, minutes)).reasons;
}

function asked({ visit, appointment }: Block, to: Spot, alone: boolean, minutes: number | null = null): Promise<Why> {
  return why({ visit, appointment, alone, resource: to.resource, start: to.s, minutes, date: current().date });
}

/** What is said when a drop is refused before the server is asked to move. */
export async function explain(block: Block, to: Spot, wish: Wish): Promise<void> {
  const known = await asked(block, to, wish.alone);
  const text = word("stays", { reason: known.reasons[0] ?? word("not_free_there") });
  const by: Way = { text: anyway(to.resource, to.s, to.e, block.visit), go: () => void move(block, to, { ...wish, more: { force: true } }) };
  const near = known.over ? await nearest(block, to, wish) : []; // who does not give the service has no time for it
  toast(text, [...near, ...(config.may.overbook && known.over ? [by] : [])], "alert");
  say(text);
}

/** Lays a visit on the strip, or takes it off again; it keeps its time either way. */
export async function lay(block: Block, aside: boolean): Promise<void> {
  const { visit, version } = block;
  try {
    const done = await post<{ version: number }>(`visits/${visit}/${aside ? "parking" : "unparking"}`, { version });
    const undo = undoable(() => lay({ ...block, version: done.version }, !aside));
    const text = word(aside ? "parked" : "unparked", { name: titled(block) });
    toast(text, [undo], aside ? "park" : "undo");
    say(text);
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
  await refresh(true);
  document.dispatchEvent(new CustomEvent("desk:strip"));
  document.dispatchEvent(new CustomEvent("desk:changed", { detail: visit }));
}

/** The claims of a visit that light up together. */
export function siblings(block: Block): Block[] {
  return block.visit === undefined ? [block] : blocksOf(block.visit);
}
