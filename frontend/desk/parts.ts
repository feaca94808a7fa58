/** Parts of pages in the panel that lead to further parts: links and forms with `data-part`, as on their own pages. */
import { forgetBegun } from "./begun.ts";
import { startGiving } from "./giving.ts";
import { tellWay } from "./notice.ts";
import { isSignedOut, signedOut } from "./net.ts";
import { by, config, word } from "./page.ts";
import { openPanel, putPart } from "./panel.ts";
import { refresh } from "./store.ts";
import { takeBack } from "./restoring.ts";
import { toast, type Way } from "./toast.ts";
import { undoable } from "./undo.ts";

interface Done {
  go: string;
  said: string;
  changed?: { visit: number; version: number; reach: string };
}

function relative(address: string): string {
  const url = new URL(address, location.href);
  return url.pathname.replace(config.base, "") + url.search;
}

/** Sends a form; the answer is the next part, or where to go and what was done. */
export async function sendPart(form: HTMLFormElement, sent: FormData, action = form.action, button?: HTMLElement | null): Promise<void> {
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  button?.classList.add("working");
  try {
    const values = new URLSearchParams([...sent].filter((each): each is [string, string] => typeof each[1] === "string"));
    const answer = await fetch(action, { method: "POST", credentials: "same-origin", headers: { "X-Part": "1" }, body: values });
    if (isSignedOut(answer)) toast(signedOut().message, [], "alert"); // what is typed stays
    else if (answer.headers.get("Content-Type")?.includes("json")) await go((await answer.json()) as Done);
    else if (answer.ok || answer.status === 409 || answer.status === 422) {
      const html = await answer.text();
      form.toggleAttribute("data-sent", !form.hasAttribute("data-new")); // the answer holds what was typed; a begun visit waits
      putPart(relative(action), html);
    } else toast(word("failed"), [], "alert");
  } catch {
    toast(word("failed"), [], "alert");
  }
  form.removeAttribute("aria-busy");
  button?.classList.remove("working");
}

async function go(done: Done): Promise<void> {
  if (by("panel").querySelector("[data-begun]")) forgetBegun(); // the visits of a new series
  if (done.said) toast(done.said, waysBack(done));
  void refresh(true);
  await openPanel(done.go);
}

/** Of a change of a visit: taken back, and told to its client. */
function waysBack({ changed }: Done): Way[] {
  if (!changed) return [];
  const name = by("panel").querySelector<HTMLElement>("[data-name]")?.dataset.name ?? "";
  const undo = undoable(() => takeBack(`visits/${changed.visit}/undo`, changed.version));
  return [undo, ...tellWay(changed.visit, name, changed.reach, undo, "services")];
}

function repeat(button: HTMLButtonElement): void {
  const form = button.form;
  if (form) void sendPart(form, new FormData(form), button.formAction, button);
}

/** Listens for as long as the page is open. */
export function startParts(): void {
  const panel = by("panel");
  startGiving(panel);
  panel.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLButtonElement>("[data-repeat]");
    const link = target?.closest<HTMLAnchorElement>("a[data-part]");
    if (button || link) event.preventDefault();
    if (button) repeat(button);
    else if (link) void openPanel(relative(link.href));
  });
  panel.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-part")) return;
    event.preventDefault();
    void sendPart(form, new FormData(form, event.submitter), form.action, event.submitter);
  });
}
