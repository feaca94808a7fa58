/** After the form "Move to…": the same toast as after a drag, with the way back and the word to the client. */
import { dated, time as clock } from "./clock.ts";
import { get, post, Refused, type Values } from "./net.ts";
import { tellWay } from "./notice.ts";
import { by, config, say, word } from "./page.ts";
import { again, values } from "./panel.ts";
import { current, refresh } from "./store.ts";
import { toast, type Way } from "./toast.ts";
import { undoable } from "./undo.ts";
import { instantOn } from "./views/week.ts";

export interface FormMoved {
  start?: string;
  version: number;
  reach?: string;
}

function chosenWho(form: HTMLFormElement): string {
  return form.querySelector<HTMLSelectElement>("[name=resource]")?.selectedOptions[0]?.text ?? "";
}

/** Moves back to where the form said the visit was before anybody changed its fields. */
async function takeBack(address: string, back: Values): Promise<void> {
  try {
    await post(address, back);
    toast(word("brought_back"), [], "undo");
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
  await refresh(true);
  await again();
}

/** Why the time of the form was refused, in the server's sentence, and what is free instead: a press moves there. */
export async function refusedByForm(form: HTMLFormElement, error: Refused, go: (more: Values) => void): Promise<[string, Way[]]> {
  const { date, time: wall, appointment, alone, resource } = values(form);
  const minutes = Number(String(wall).slice(0, 2)) * 60 + Number(String(wall).slice(3, 5));
  const start = instantOn(String(date), minutes, current());
  const asks = { visit: form.dataset.move, appointment, alone, resource, location: config.location, date, start };
  const found = start === null ? null : await get<{ reasons: string[] }>("reasons.json", asks).catch(() => null);
  const near = (error.extra.alternatives ?? []) as { start: string }[];
  const there = (start: string): string => clock(Date.parse(start) / 60_000, current().zone);
  const field = (name: string): HTMLInputElement | null => form.querySelector(`[name=${name}]`);
  const stays = form.querySelector<HTMLSelectElement>("[name=resource]")?.selectedIndex === 0;
  const own = stays ? `${field("date")?.defaultValue}T${field("time")?.defaultValue}` : "-"; // where it is already
  const same = near.filter((each) => each.start.startsWith(String(date)) && !each.start.startsWith(own)).slice(0, 2);
  const ways = same.map(({ start: s }) => ({ text: there(s), go: () => go({ start: s }) }));
  return [word("stays", { reason: found?.reasons[0] ?? error.message }), ways];
}

/** Says where the visit is now. */
export function movedByForm(address: string, form: HTMLFormElement, done: FormMoved): void {
  const back: Values = { ...values(form), version: done.version, back: true };
  for (const field of form.querySelectorAll<HTMLInputElement>("input[name=date], input[name=time]")) back[field.name] = field.defaultValue;
  const who = form.querySelector<HTMLSelectElement>("[name=resource]");
  if (who) back.resource = who.options[0]?.value;
  const name = by("panel").querySelector(".panel-name")?.textContent ?? "";
  const date = String(values(form).date ?? "");
  const at = clock(Date.parse(done.start ?? "") / 60_000, current().zone);
  const text = word("moved", { name, time: date && date !== current().date ? `${dated(date)} ${at}` : at, who: chosenWho(form) });
  const undo = undoable(() => takeBack(address, back));
  const visit = Number(form.dataset.move);
  toast(text, [undo, ...tellWay(visit, name, done.reach ?? "", undo)]);
  say(text);
}
