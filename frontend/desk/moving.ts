/** Carrying out a move: shown at once, asked of the server, taken back with its reason when refused. */
import { iso, time } from "./clock.ts";
import { get, goesOver, post, Refused, type Values } from "./net.ts";
import { config, say, word } from "./page.ts";
import { titled } from "./block.ts";
import { blocksOf, current, pretend, refresh } from "./store.ts";
import { toast, type Way } from "./toast.ts";
import type { Block, Spot } from "./types.ts";

interface Moved {
  version: number;
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

function moved(block: Block, to: Spot, alone: boolean): Block[] {
  const by = to.s - block.s;
  const longer = to.e - to.s - (block.e - block.s);
  return current().blocks.map((other) => {
    if (other.id === block.id) {
      const there = { ...shifted(other, by), resource: to.resource };
      return { ...there, e: there.e + longer, to: there.to + longer };
    }
    const along = other.visit === block.visit && (!alone || other.appointment === block.appointment);
    return along ? shifted(other, by) : other;
  });
}

function address(block: Block): string {
  return `visits/${block.visit}/move`;
}

function body(block: Block, to: Spot, alone: boolean, resized: boolean, version?: number): Values {
  return {
    start: iso(to.s),
    resource: to.resource,
    appointment: block.appointment,
    alone,
    minutes: resized ? to.e - to.s : null,
    version: version ?? block.version,
  };
}

function undo(block: Block, alone: boolean, resized: boolean, version: number): Way {
  const back: Spot = { resource: block.resource, s: block.s, e: block.e };
  const go = async (): Promise<void> => {
    try {
      await post(address(block), body(block, back, alone, resized, version));
      const values = { name: titled(block), time: time(block.s, current().zone), who: who(block.resource) };
      toast(word("undone", values), [], "undo");
    } catch (error) {
      toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
    }
    await refresh(true);
  };
  return { text: word("undo"), icon: "undo", go: () => void go() };
}

function told(block: Block, to: Spot, resized: boolean): string {
  const zone = current().zone;
  const values = { name: titled(block), time: time(resized ? to.e : to.s, zone), who: who(to.resource) };
  return word(resized ? "resized" : "moved", values);
}

/** What a move shall do besides: take the part alone, resize, or go over what stands in its way. */
interface Wish {
  alone: boolean;
  resized?: boolean;
  force?: boolean;
  warned?: boolean;
  override?: boolean;
}

/** Moves or resizes; `force` books over what is there, for those with the right. */
export async function move(block: Block, to: Spot, wish: Wish): Promise<void> {
  const alone = movesAlone(block, to, wish.alone);
  const resized = wish.resized ?? false;
  const before = current().blocks;
  pretend(moved(block, to, alone));
  try {
    const wanted = { ...body(block, to, wish.alone, resized), force: wish.force ?? false, warned: wish.warned ?? false, override: wish.override ?? false };
    const done = await post<Moved>(address(block), wanted);
    toast(told(block, to, resized), [undo(block, alone, resized, done.version)]);
    say(told(block, to, resized));
  } catch (error) {
    pretend(before);
    await refusedAt(block, to, wish, error);
  }
  await refresh(true);
  document.dispatchEvent(new CustomEvent("desk:changed", { detail: block.visit }));
}

async function refusedAt(block: Block, to: Spot, wish: Wish, error: unknown): Promise<void> {
  const taken = error instanceof Refused && ["slot_taken", "not_offered"].includes(error.code);
  const known = taken ? await reasons(block, to, wish.alone, wish.resized ? to.e - to.s : null).catch(() => []) : [];
  const reason = known[0] ?? (error instanceof Refused ? error.message : word("failed"));
  const anyway: Way = { text: word("anyway"), go: () => void move(block, to, { ...wish, force: true }) };
  const over = goesOver(error, config.may.override);
  const on: Way[] = over ? [{ text: word(over), go: () => void move(block, to, { ...wish, [over]: true }) }] : [];
  toast(word("stays", { reason }), taken && config.may.overbook ? [anyway] : on, "alert");
  say(word("stays", { reason }));
}

/** Why the block cannot be there: the server's sentences, none when it can. */
export async function reasons(block: Block, to: Spot, alone: boolean, minutes: number | null = null): Promise<string[]> {
  const values = { visit: block.visit, appointment: block.appointment, alone, resource: to.resource, start: to.s, minutes };
  const found = await get<{ reasons: string[] }>("reasons.json", { ...values, location: config.location, date: current().date });
  return found.reasons;
}

/** What is said when a drop is refused before the server is asked to move. */
export async function explain(block: Block, to: Spot, alone: boolean): Promise<void> {
  const known = await reasons(block, to, alone).catch(() => []);
  const reason = known[0] ?? word("not_free");
  const anyway: Way = { text: word("anyway"), go: () => void move(block, to, { alone, force: true }) };
  toast(word("stays", { reason }), config.may.overbook && known.length ? [anyway] : [], "alert");
  say(word("stays", { reason }));
}

/** The claims of a visit that light up together. */
export function siblings(block: Block): Block[] {
  return block.visit === undefined ? [block] : blocksOf(block.visit);
}
