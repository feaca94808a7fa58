/** The history tab: bringing back a state, undoing one change; where its time is gone or a rule says no, ways to go on. */
import { goesOver, post, Refused, type Values } from "./net.ts";
import { by, config, element, icon, word } from "./page.ts";
import { again, values } from "./panel.ts";
import { refresh } from "./store.ts";
import { toast } from "./toast.ts";

interface Near {
  text: string;
  instead: string;
}

function pressable(form: HTMLFormElement, text: string, sign: string, more: Values): HTMLButtonElement {
  const made = element("button", { class: "button", type: "button" }, icon(sign), text);
  made.addEventListener("click", () => void send(form, more));
  return made;
}

/** The refusal with what can be done about it, where the reader is looking; `sent` is what was pressed before. */
function offer(form: HTMLFormElement, refused: Refused, sent: Values): void {
  const room = (form.closest("[data-pane]") ?? by("panel")).querySelector<HTMLElement>("[data-ways]");
  const near = (refused.extra.ways as Near[] | undefined) ?? [];
  const ways = near.map((each) => pressable(form, each.text, "clock", { ...sent, instead: each.instead }));
  const taken = ["slot_taken", "not_offered"].includes(refused.code);
  if (taken && config.may.overbook) ways.push(pressable(form, word("anyway"), "alert", { ...sent, force: true }));
  const rule = goesOver(refused, config.may.override);
  if (rule) ways.push(pressable(form, word(rule), "alert", { ...sent, [rule]: true }));
  if (!room || !ways.length) return toast(refused.message, [], "alert");
  const notice = element("p", { class: "notice notice-bad", role: "alert" }, icon("alert"), refused.message);
  room.replaceChildren(notice, element("div", { class: "told-deeds" }, ...ways));
  room.hidden = false;
  ways[0]?.focus();
}

async function send(form: HTMLFormElement, more: Values = {}): Promise<void> {
  const address = new URL(form.action).pathname.replace(config.base, "");
  const button = form.querySelector("button");
  button?.setAttribute("aria-disabled", "true");
  try {
    const done = await post<{ version: number }>(address, { ...values(form), ...more });
    const undo = address.replace(/(visits\/\d+\/).*/, "$1undo");
    toast(word("brought_back"), [{ text: word("undo"), icon: "undo", go: () => void takeBack(undo, done.version) }], "undo");
  } catch (error) {
    button?.removeAttribute("aria-disabled");
    if (error instanceof Refused && error.code !== "changed_meanwhile") return offer(form, error, more);
    toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
  await refresh(true);
  await again();
}

/** Takes the visit's last change back: what the Undo of a toast does. */
export async function takeBack(address: string, version: number, more: Values = {}): Promise<void> {
  try {
    await post(address, { version, ...more });
  } catch (error) {
    const rule = goesOver(error, config.may.override);
    const on = rule ? [{ text: word(rule), go: () => void takeBack(address, version, { ...more, [rule]: true }) }] : [];
    toast(error instanceof Refused ? error.message : word("failed"), on, "alert");
  }
  await refresh(true);
  await again();
}

export function startRestoring(): void {
  by("panel").addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-restore")) return;
    event.preventDefault();
    if (!form.querySelector("[aria-disabled=true]")) void send(form);
  });
}
