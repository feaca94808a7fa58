/** What a person likes is kept on the server, so that it is there on every device. */
import { post } from "../net.ts";
import { by } from "../page.ts";

/** Keeps one value; a lost line loses no more than that. */
export function like(values: Record<string, number | boolean | string>): void {
  void post("preferences", values).catch(() => undefined);
}

/** Whether cancelled visits show. */
export function startLiked(): void {
  const field = by<HTMLInputElement>("cancelled");
  field.addEventListener("change", () => like({ cancelled: field.checked }));
}
