/** Blocks that overlap stand beside each other: each gets a lane, and all of a cluster share its width. */
import type { Block } from "./types.ts";

export interface Place {
  block: Block;
  lane: number;
  lanes: number;
  /** Lanes it takes: its own, and those to its right that are free as long as it lasts. */
  wide: number;
}

function reach(mine: { block: Block; lane: number }, placed: { block: Block; lane: number }[], lanes: number): number {
  const beside = placed.filter(({ block, lane }) => lane > mine.lane && block.s < mine.block.e && block.e > mine.block.s);
  return Math.min(lanes, ...beside.map(({ lane }) => lane)) - mine.lane;
}

function cluster(blocks: Block[]): Place[] {
  const ends: number[] = [];
  const placed = blocks.map((block) => {
    const free = ends.findIndex((end) => end <= block.s);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = block.e;
    return { block, lane };
  });
  return placed.map((place) => ({ ...place, lanes: ends.length, wide: reach(place, placed, ends.length) }));
}

/** The blocks of one column with their lanes. */
export function laid(blocks: Block[]): Place[] {
  const sorted = [...blocks].sort((a, b) => a.s - b.s || b.e - a.e || a.id - b.id);
  const found: Place[] = [];
  let open: Block[] = [];
  let end = -Infinity;
  for (const block of sorted) {
    if (block.s >= end && open.length) {
      found.push(...cluster(open));
      open = [];
    }
    open.push(block);
    end = Math.max(block.e, open.length > 1 ? end : -Infinity);
  }
  return open.length ? [...found, ...cluster(open)] : found;
}
