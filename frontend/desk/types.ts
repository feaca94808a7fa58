/** The journal's data as the server sends it. Instants are epoch minutes in UTC. */

import type { Week } from "./views/week.ts";

export interface Column {
  id: number;
  kind: string;
  name: string;
  occupation: string;
  work: [number, number][];
  hours: number;
  used: number;
  free: number;
  /** Where a column is a date. */
  date?: string;
}

export interface Block {
  id: number;
  resource: number;
  s: number;
  e: number;
  /** The whole claim, buffers included. */
  from: number;
  to: number;
  state: string;
  role: number;
  /** Places of a party that the block stands for. */
  seats: number;
  title: string;
  service: string;
  facts: string[];
  /** Percent of not coming, visits missed, of how many, days booked ahead. */
  risk?: [number, number, number, number];
  scheme?: string;
  client?: number;
  service_id?: number;
  price?: number;
  currency?: string;
  visit?: number;
  appointment?: number;
  version?: number;
  n?: number;
  of?: number;
  session?: number;
  places?: number;
  capacity?: number;
}

export interface Stats {
  visits: number;
  done: number;
  cancelled: number;
  free: number;
  filled: number;
  revenue: number;
  booked: number;
  currency: string;
}

export interface Journal {
  date: string;
  zone: string;
  location: { id: number; name: string };
  day: { s: number; e: number; stretches: [number, number, number][] };
  shown: [number, number];
  previous: string | null;
  next: string | null;
  resources: Column[];
  blocks: Block[];
  stats: Stats;
  /** The week of one: columns are dates. */
  week?: Week;
}

export interface Config {
  base: string;
  events: string;
  locale: string;
  location: number;
  today: string;
  build: string;
  own: number | null;
  photos: Record<string, string>;
  may: { book: boolean; change: boolean; all: boolean; overbook: boolean; hours: boolean; ownHours: boolean; override: boolean; clients: boolean };
  /** Where the data comes from, and what it is asked with besides place and date. */
  source: string;
  ask: Record<string, string | number | null>;
  /** What the person set before. */
  liked: { scale: number | null; cancelled: boolean; colour: string };
  words: Record<string, string>;
}

export interface FoundClient {
  id: number;
  name: string;
  phone: string;
  /** Whom or what they come with, where that is what was typed. */
  about?: string;
  /** Visits come to, of those that were to take place. */
  came?: number;
  of?: number;
  visit?: { id: number; date: string; location: number; when: string };
}

export interface Service {
  id: number;
  name: string;
  group: string;
  by: Record<string, { minutes: number; length: string; price: string }>;
}

/** What is to be moved, and where it was. */
export interface Spot {
  resource: number;
  s: number;
  e: number;
}
