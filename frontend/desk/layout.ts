/** Blocks that overlap stand beside each other: each gets a lane, and all of a cluster share its width.
 *
 * A block too low to be pressed is drawn taller than it lasts, so those it would cover stand beside it too.
 */
import type { Block } from "./types.ts";

/** Until when a block keeps its lane. */
export type Reach = (block: Block) => number;

export interface Place {
  block: Block;
  lane: number;
  lanes: number;
  /** Lanes it takes: its own, and those to its right that are free as long as it lasts. */
  wide: number;
}

function wide(mine: { block: Block; lane: number }, placed: { block: Block; lane: number }[], lanes: number, end: Reach): number {
  const beside = placed.filter(({ block, lane }) => lane > mine.lane && block.s < end(mine.block) && end(block) > mine.block.s);
  return Math.min(lanes, ...beside.map(({ lane }) => lane)) - mine.lane;
}

function cluster(blocks: Block[], end: Reach): Place[] {
  const ends: number[] = [];
  const placed = blocks.map((block) => {
    const free = ends.findIndex((each) => each <= block.s);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end(block);
    return { block, lane };
  });
  return placed.map((place) => ({ ...place, lanes: ends.length, wide: wide(place, placed, ends.length, end) }));
}

/** The blocks of one column with their lanes. */
export function laid(blocks: Block[], end: Reach = (block) => block.e): Place[] {
  const sorted = [...blocks].sort((a, b) => a.s - b.s || b.e - a.e || a.id - b.id);
  const found: Place[] = [];
  let open: Block[] = [];
  let last = -Infinity;
  for (const block of sorted) {
    if (block.s >= last && open.length) {
      found.push(...cluster(open, end));
      open = [];
    }
    open.push(block);
    last = Math.max(end(block), open.length > 1 ? last : -Infinity);
  }
  return open.length ? [...found, ...cluster(open, end)] : found;
}
