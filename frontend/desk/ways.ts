/** How a refused move can go on: by right, with the price or the version that was shown, or once more. */
import { goesOver, Refused, type Values } from "./net.ts";
import { config, word } from "./page.ts";
import type { Way } from "./toast.ts";

/** Whether the time itself is what stands in the way. */
export function taken(error: unknown): boolean {
  return error instanceof Refused && ["slot_taken", "not_offered"].includes(error.code);
}

/** The `most` starts nearest to a wished one, in the order of the day. */
export function closest(starts: number[], wished: number, most: number): number[] {
  const far = (start: number): number => Math.abs(start - wished);
  return [...starts].sort((a, b) => far(a) - far(b)).slice(0, most).sort((a, b) => a - b);
}

/** The ways to go on; `go` sends the same request with what the refusal asked for; `over` names what it would go over. */
export function waysOn(error: unknown, go: (more: Values) => void, over?: string): Way[] {
  if (!(error instanceof Refused)) return [];
  const on = (text: string, more: Values): Way[] => [{ text: word(text), go: () => go(more) }];
  if (taken(error)) return config.may.overbook ? [{ text: over ?? word("anyway"), go: () => go({ force: true }) }] : [];
  if (error.code === "price_changed") return on("new_price", { price: Number(error.extra.price) });
  if (error.code === "changed_meanwhile" && error.extra.fields) return on("move_still", { version: Number(error.extra.version) });
  if (error.code === "not_today") return on("warned", { any_day: true });
  if (error.code === "offline") return on("try_again", {});
  const rule = goesOver(error, config.may.override);
  return rule ? on(rule, { [rule]: true }) : [];
}
