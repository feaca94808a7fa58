/** Blocks that overlap stand beside each other: each gets a lane, and all of a cluster share its width. */
import type { Block } from "./types.ts";

export interface Place {
  block: Block;
  lane: number;
  lanes: number;
}

function cluster(blocks: Block[]): Place[] {
  const ends: number[] = [];
  const placed = blocks.map((block) => {
    const free = ends.findIndex((end) => end <= block.s);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = block.e;
    return { block, lane, lanes: 0 };
  });
  return placed.map((place) => ({ ...place, lanes: ends.length }));
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
