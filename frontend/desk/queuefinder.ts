/** A known client found in the form of somebody who came, and how reliable they are: in the panel and on the queue's page. */
import { came, startFinder } from "./finder.ts";
import { showHint } from "./known.ts";
import { config, element, icon, word } from "./page.ts";
import type { FoundClient } from "./types.ts";

function told(client: FoundClient): string {
  return [client.phone, came(client)].filter(Boolean).join(" · ");
}

/** Makes the search of the opened part of the queue; once only, and not beside what was found without script. */
export function startQueueFinder(details: HTMLElement): void {
  const box = details.querySelector<HTMLElement>("[data-queue-finder]");
  const field = box?.querySelector<HTMLInputElement>("input");
  const form = details.querySelector("form");
  const chosen = details.querySelector<HTMLElement>("[data-chosen]");
  const name = details.querySelector<HTMLElement>("[data-name]");
  if (!box || !field || !form || !chosen || !name || !box.hidden || !config.may.clients || form.querySelector("[data-sought]")) return;
  const choose = (client: FoundClient | null): void => {
    (form.elements.namedItem("client") as HTMLInputElement).value = client ? String(client.id) : "";
    box.hidden = name.hidden = client !== null;
    chosen.hidden = client === null;
    void showHint(form, client?.id ?? null);
    if (!client) return field.focus();
    const clear = element("button", { class: "button button-icon button-text", type: "button", "aria-label": word("close") }, icon("cross"));
    clear.addEventListener("click", () => choose(null));
    chosen.replaceChildren(icon("person"), element("span", { class: "grow" }, element("b", {}, client.name), element("small", {}, told(client))), clear);
    form.querySelector<HTMLElement>("select")?.focus();
  };
  startFinder(field, told, word("nobody_found"), choose);
  choose(null);
}
