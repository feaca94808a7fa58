/** Two people changed the same: both values side by side, and one press that says which stays. */
import { Refused } from "./net.ts";
import { element, word } from "./page.ts";

function mine(form: HTMLFormElement): string {
  const note = form.querySelector<HTMLTextAreaElement>("textarea[name=note]");
  if (note) return note.value;
  const lines = [...form.querySelectorAll<HTMLElement>("label")].map((label) => {
    const field = form.querySelector<HTMLInputElement | HTMLSelectElement>(`#${CSS.escape(label.getAttribute("for") ?? "-")}`);
    const value = field instanceof HTMLSelectElement ? field.selectedOptions[0]?.text : field?.value;
    return value ? `${label.textContent?.trim() ?? ""}: ${value}` : "";
  });
  return lines.filter(Boolean).join("\n") || (form.querySelector("button[type=submit]")?.textContent?.trim() ?? "");
}

function side(title: string, text: string, press: string, go: () => void): HTMLElement {
  const button = element("button", { class: "button", type: "button" }, press);
  button.addEventListener("click", go);
  return element("div", { class: "choice-side" }, element("h4", {}, title), element("p", { class: "written" }, text || "–"), button);
}

/** Offers the choice inside the form; false where the refusal is about something else. `keep` sends mine over theirs. */
export function chooseBetween(form: HTMLFormElement, error: unknown, keep: (version: number) => void, take: () => void): boolean {
  const theirs = error instanceof Refused && error.code === "changed_meanwhile" ? error.extra.theirs : undefined;
  if (!(error instanceof Refused) || typeof theirs !== "object" || theirs === null) return false;
  form.querySelector(".choice")?.remove();
  const version = Number(error.extra.version);
  const there = Object.values(theirs as Record<string, string>).join("\n");
  const sides = element(
    "div",
    { class: "choice-two" },
    side(word("yours"), mine(form), word("keep_mine"), () => keep(version)),
    side(word("theirs"), there, word("take_theirs"), take),
  );
  const made = element("div", { class: "choice", role: "alert" }, element("p", {}, error.message), sides);
  form.append(made);
  made.querySelector("button")?.focus();
  return true;
}
