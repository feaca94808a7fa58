/** Epoch minutes and the location's wall clock. The browser's own zone plays no part. */
import { config, word } from "./page.ts";
import type { Journal } from "./types.ts";

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, string>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat(config.locale, { timeStyle: "short", timeZone: zone });
    formats.set(zone, found);
  }
  return found;
}

/** The wall clock at an epoch minute, as people of the locale write it. */
export function time(minute: number, zone: string): string {
  const key = `${minute} ${zone}`;
  let text = known.get(key);
  if (text === undefined) known.set(key, (text = format(zone).format(minute * 60_000)));
  return text;
}

/** A whole hour beside the grid: "9 AM" where hours are counted by twelve, else as any time. */
export function oclock(minute: number, zone: string): string {
  return time(minute, zone).replace(/:00(?=\s?[AP]M$)/i, "");
}

function weekday(minute: number, zone: string): string {
  return new Intl.DateTimeFormat(config.locale, { weekday: "short", timeZone: zone }).format(minute * 60_000);
}

/** From time to time; what goes on over a midnight names its days. */
export function span(s: number, e: number, zone: string): string {
  if (wallMinutes(s, zone) + e - s > 1440) return `${weekday(s, zone)} ${time(s, zone)}–${weekday(e - 1, zone)} ${time(e, zone)}`;
  return `${time(s, zone)}–${time(e, zone)}`;
}

/** Minutes by which the wall is ahead of UTC at a minute of the day. */
export function offset(minute: number, journal: Journal): number {
  const { stretches } = journal.day;
  return (stretches.find(([s, e]) => s <= minute && minute < e) ?? stretches[stretches.length - 1])?.[2] ?? 0;
}

/** HH:MM for a time field. */
export function wall(minute: number, journal: Journal): string {
  const at = (minute + offset(minute, journal)) % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}

/** The instant as ISO text with its offset. */
export function iso(minute: number): string {
  return new Date(minute * 60_000).toISOString().replace(".000Z", "+00:00");
}

/** An amount in minor units, as people of the locale write it; whole ones without decimals. */
export function money(minor: number, currency: string): string {
  if (!currency) return "0";
  const style: Intl.NumberFormatOptions = { style: "currency", currency, currencyDisplay: "narrowSymbol" };
  const digits = new Intl.NumberFormat(config.locale, style).resolvedOptions().maximumFractionDigits ?? 2;
  const amount = minor / 10 ** digits;
  return new Intl.NumberFormat(config.locale, { ...style, minimumFractionDigits: Number.isInteger(amount) ? 0 : digits }).format(amount);
}

/** Minutes as "6 h 15". */
export function length(minutes: number): string {
  const h = Math.floor(minutes / 60);
  const m = minutes % 60;
  if (!h) return word("minutes", { n: m });
  return m ? word("hours_minutes", { h, m: String(m).padStart(2, "0") }) : word("hours", { h });
}

export function now(): number {
  return Math.floor(Date.now() / 60_000);
}

const walls = new Map<string, Intl.DateTimeFormat>();

/** Minutes after midnight that the wall clock of a zone shows at an epoch minute of any day. */
export function wallMinutes(minute: number, zone: string): number {
  let made = walls.get(zone);
  if (!made) walls.set(zone, (made = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone })));
  const [hours = "0", minutes = "0"] = made.format(minute * 60_000).split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** The epoch minute at which the day's wall clock shows so many minutes after midnight; null where it jumps over them. */
export function atWall(wanted: number, journal: Journal): number | null {
  const there = Date.parse(`${journal.date}T00:00Z`) / 60_000 + wanted;
  const found = journal.day.stretches.find(([s, e, o]) => s <= there - o && there - o < e);
  return found ? there - found[2] : null;
}

/** A date as people name it: "Tue 24 Nov". */
export function dated(date: string): string {
  return new Intl.DateTimeFormat(config.locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(Date.parse(`${date}T00:00Z`));
}
