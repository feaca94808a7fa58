/** Somebody typed for the waitlist who is known already is taken from the records instead; what else was typed stays. */
import { startKnown } from "./known.ts";

const KEPT = ["location", "service", "resource", "first_day", "last_day", "seats", "note"];

export function startWaitForm(form: HTMLFormElement): void {
  startKnown(form, (client) => {
    const typed = new FormData(form);
    const kept = KEPT.map((name) => [name, String(typed.get(name) ?? "")]).filter(([, value]) => value);
    window.location.assign(`?${new URLSearchParams([...kept, ["client", String(client.id)]] as [string, string][]).toString()}`);
  });
}
