/** Asking the server. Every refusal arrives as a `Refused` with the sentence to show. */
import { config, word } from "./page.ts";
import { arriving, folded, leaving, leavingAddress } from "./views/week.ts";
import type { Block, Journal } from "./types.ts";

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** What the same request would need to go on: a warning that was read, or, by right, to go over a rule. */
export function goesOver(error: unknown, mayOverride: boolean): "warned" | "override" | null {
  if (!(error instanceof Refused)) return null;
  if (error.code === "rule_warned") return "warned";
  return mayOverride && ["rule_refused", "not_eligible"].includes(error.code) ? "override" : null;
}

/** What the server said last, by which it is told what is here already. */
let last: { tag: string; day: Journal } | null = null;
let title = "";

function token(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function refused(response: Response): Promise<Refused> {
  if (!response.headers.get("Content-Type")?.includes("json")) return new Refused(response.status, "failed", word(response.status === 403 ? "no_right" : "failed"));
  const body = (await response.json()) as Record<string, unknown>;
  const text = String(body.detail ?? word("failed"));
  return new Refused(response.status, String(body.code ?? ""), text, (body.field as string) ?? null, body);
}

/** Whether an answer says that nobody is signed in any more: 401, or the sign-in page instead. */
export function isSignedOut(response: Response): boolean {
  return response.status === 401 || (response.redirected && response.url.includes("/accounts/"));
}

/** Tells the page, which says so above the picture. */
export function signedOut(): Refused {
  document.dispatchEvent(new CustomEvent("desk:signed-out"));
  return new Refused(401, "signed_out", word("signed_out"));
}

async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(config.base + path, { credentials: "same-origin", ...options });
  } catch {
    throw new Refused(0, "offline", word(options.method === "POST" && navigator.onLine ? "line_broke" : "no_line"));
  }
  if (isSignedOut(response)) throw signedOut();
  if (!response.ok && response.status !== 304) throw await refused(response);
  return response;
}

export type Values = Record<string, string | number | boolean | null | undefined>;

function parameters(values: Values): string {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** JSON of an address below the desk's. */
export async function get<T>(path: string, values: Values, signal?: AbortSignal): Promise<T> {
  const query = parameters(leaving(path, values));
  const response = await ask(query ? `${path}?${query}` : path, signal ? { signal } : {});
  return arriving(path, values, (await response.json()) as T);
}

/** What became different of a day. */
interface Changes {
  values: Partial<Journal>;
  blocks: Block[];
  gone: number[];
}

function changed(day: Journal, { values, blocks, gone }: Changes): Journal {
  const away = new Set([...gone, ...blocks.map((block) => block.id)]);
  const all = [...day.blocks.filter((block) => !away.has(block.id)), ...blocks];
  return { ...day, ...values, blocks: all.sort((a, b) => a.from - b.from || a.id - b.id) };
}

/** The day's data, or null when it is what was last asked for. Where little changed, only that travels. */
export async function journal(values: Values, fresh: boolean): Promise<Journal | null> {
  const before = fresh ? null : last;
  const headers: HeadersInit = before ? { "If-None-Match": before.tag, "A-IM": "blocks" } : {};
  const response = await ask(`${config.source}?${parameters({ ...config.ask, ...values })}`, { headers, cache: "no-store" });
  if (response.status === 304) return null;
  const body: unknown = await response.json();
  const day = before && response.status === 226 ? changed(before.day, body as Changes) : (body as Journal);
  const tag = response.headers.get("ETag");
  last = tag ? { tag, day } : null;
  title = decodeURIComponent(response.headers.get("X-Title") ?? "");
  return folded(day);
}

/** The title of the day asked for last. */
export function titled(): string {
  return title;
}

/** A part of a page, for the side panel. */
export async function part(path: string): Promise<string> {
  return (await ask(leavingAddress(path), { headers: { "X-Part": "1" } })).text();
}

/** A change. Where the page's token is an old one (signed out and in again beside it), a fresh one is taken first. */
export async function post<T>(path: string, body: Values, fresh = false): Promise<T> {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  try {
    const response = await ask(path, { method: "POST", headers, body: JSON.stringify(leaving(path, body)) });
    return (await response.json()) as T;
  } catch (error) {
    const old = error instanceof Refused && error.status === 403 && error.code === "failed";
    if (fresh || !old) throw error;
  }
  takeToken((await get<{ token: string }>("now.json", { location: config.location })).token); // who is signed out is told so here
  return post<T>(path, body, true);
}

/** From now on the page's forms and changes go with this token. */
export function takeToken(made: string): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=csrfmiddlewaretoken]")) field.value = field.defaultValue = made;
}
