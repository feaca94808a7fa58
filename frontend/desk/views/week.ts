/** The week of one drawn by the grid of the day: a column is a date, every instant is laid on the first day's clock.
 *
 * `folded` does that to what comes from the server; what the grid sends is put right again on its way out (`leaving`).
 * Nothing else of the journal knows: a drag to another column is a move to another day.
 */
import type { Values } from "../net.ts";
import type { Block, Journal } from "../types.ts";

export interface WeekDay {
  key: number;
  date: string;
  s: number;
  e: number;
  stretches: [number, number, number][];
}

export interface Week {
  resource: number;
  days: WeekDay[];
}

let week: Week | null = null;
let origin = 0;

/** The week that is shown, null on a day. */
export function shownWeek(): Week | null {
  return week;
}

function midnight(day: WeekDay): number {
  return Date.parse(`${day.date}T00:00Z`) / 60_000;
}

/** Minutes of the wall clock since the day's midnight. */
function wall(minute: number, day: WeekDay): number {
  const stretch = day.stretches.find(([s, e]) => s <= minute && minute < e) ?? day.stretches[day.stretches.length - 1];
  return minute + (stretch?.[2] ?? 0) - midnight(day);
}

function onFirst(minute: number, day: WeekDay): number {
  return origin + wall(minute, day);
}

/** The instant a minute of the picture means in a column. A time the clocks jump over is the first after it. */
export function instant(minute: number, key: number): number {
  const day = week?.days.find((each) => each.key === key);
  if (!day) return minute;
  const wanted = midnight(day) + minute - origin;
  const stretch = day.stretches.find(([s, e, o]) => s <= wanted - o && wanted - o < e);
  return wanted - (stretch ?? day.stretches[day.stretches.length - 1] ?? [0, 0, 0])[2];
}

function dayOf(minute: number): WeekDay | undefined {
  return week?.days.find((day) => day.s <= minute && minute < day.e);
}

/** The parts of a block, one for each date it touches. */
function parts(block: Block): Block[] {
  return (week?.days ?? [])
    .filter((day) => block.s < day.e && block.e > day.s)
    .map((day) => {
      const at = (minute: number): number => onFirst(Math.min(Math.max(minute, day.s), day.e - 1), day) + (minute >= day.e ? 1 : 0);
      return { ...block, resource: day.key, s: at(block.s), e: at(block.e), from: at(block.from), to: at(block.to) };
    });
}

/** A journal as the grid draws it; a day comes back as it is. */
export function folded(journal: Journal): Journal {
  week = journal.week ?? null;
  if (!week) return journal;
  origin = journal.day.s;
  const days = new Map(week.days.map((day) => [day.key, day]));
  const resources = journal.resources.map((column) => {
    const day = days.get(column.id);
    if (!day) return column;
    return { ...column, work: column.work.map(([s, e]): [number, number] => [onFirst(s, day), s < e ? onFirst(e - 1, day) + 1 : onFirst(s, day)]) };
  });
  return { ...journal, resources, blocks: journal.blocks.flatMap(parts) };
}

/** The present minute where the picture shows it, and the one column it belongs to (null = all). */
export function present(minute: number): { minute: number; column: number | null } | null {
  if (!week) return { minute, column: null };
  const day = dayOf(minute);
  return day ? { minute: onFirst(minute, day), column: day.key } : null;
}

/** Whether news of a date concern what is shown. */
export function covers(date: string, shown: string): boolean {
  return week ? week.days.some((day) => day.date === date) : date === shown;
}

/** The date of a column, where columns are dates. */
export function dateOf(key: number): string | undefined {
  return week?.days.find((day) => day.key === key)?.date;
}

/** The instant of a wall-clock minute on a date that is shown; null on other dates and where the clocks jump over it. */
export function instantOn(date: string, minutes: number, journal: Journal): number | null {
  const days: WeekDay[] = week?.days ?? [{ key: 0, date: journal.date, ...journal.day }];
  const day = days.find((each) => each.date === date);
  const wanted = day ? midnight(day) + minutes : 0;
  const stretch = day?.stretches.find(([s, e, o]) => s <= wanted - o && wanted - o < e);
  return stretch ? wanted - stretch[2] : null;
}

/** Where the picture shows an instant of a calendar: the column and the minute. */
export function shownAt(resource: number, minute: number): { column: number; minute: number } | null {
  if (!week) return { column: resource, minute };
  const day = resource === week.resource ? dayOf(minute) : undefined;
  return day ? { column: day.key, minute: onFirst(minute, day) } : null;
}

/** What goes to the server, with the true calendar, date and instant. */
export function leaving(path: string, values: Values): Values {
  if (!week) return values;
  if (path === "starts.json" && values.visit) return { ...values, date: week.days[0]?.date, days: week.days.length };
  const key = Number(values.resource);
  if (!(key < 0)) return values;
  const out: Values = { ...values, resource: week.resource };
  if ("date" in values) out.date = dateOf(key);
  if (typeof values.start === "number") out.start = instant(values.start, key);
  else if (typeof values.start === "string") out.start = new Date(instant(Date.parse(values.start) / 60_000, key) * 60_000).toISOString();
  return out;
}

/** An address for the panel, with the true calendar and date. */
export function leavingAddress(address: string): string {
  const [path = "", query] = address.split("?");
  if (!week || !query) return address;
  const values = Object.fromEntries(new URLSearchParams(query));
  const out = Object.entries(leaving(path, values)).map(([name, value]): [string, string] => [name, String(value)]);
  return `${path}?${new URLSearchParams(out).toString()}`;
}

/** Legal starts as the picture shows them: those of the one calendar, by date. */
export function arriving<T>(path: string, values: Values, answer: T): T {
  if (!week || path !== "starts.json" || !values.visit) return answer;
  const { starts } = answer as { starts: Record<string, number[]> };
  const found: Record<string, number[]> = {};
  for (const minute of starts[week.resource] ?? []) {
    const day = dayOf(minute);
    if (day) (found[day.key] ??= []).push(onFirst(minute, day));
  }
  return { ...answer, starts: found };
}
