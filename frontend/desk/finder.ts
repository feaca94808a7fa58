/** Finding a client while typing: suggestions by name or phone tail, chosen by mouse or by the arrow keys. */
import { get } from "./net.ts";
import { element, icon, say, word } from "./page.ts";
import type { FoundClient } from "./types.ts";

const PAUSE = 120; // milliseconds of silence before the server is asked

/** How reliable a client is, in words; empty where nothing is known. */
export function came(client: FoundClient): string {
  return client.of ? word("came_of", { came: client.came ?? 0, of: client.of }) : "";
}

/** Turns a search field and its list into a combobox; `chosen` is called with the client. With `further` the list ends with
 * a way on for whatever was typed. */
export function startFinder(field: HTMLInputElement, second: (client: FoundClient) => string, nobody: string, chosen: (client: FoundClient) => void, further?: (text: string) => void): void {
  const list = document.getElementById(field.getAttribute("aria-controls") ?? "") as HTMLElement;
  let found: FoundClient[] = [];
  let similar = false;
  let more = false;
  let at = -1;
  let timer = 0;
  let asking: AbortController | null = null;

  const hide = (): void => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const mark = (to: number): void => {
    const options = [...list.querySelectorAll<HTMLElement>("[role=option]:not([aria-disabled])")];
    if (!options.length) return;
    at = (to + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    field.setAttribute("aria-activedescendant", options[at]?.id ?? "");
    options[at]?.scrollIntoView({ block: "nearest" });
  };
  const pick = (client: FoundClient | undefined): void => {
    if (!client) return;
    hide();
    field.value = "";
    chosen(client);
  };
  const onward = (): HTMLElement[] => {
    if (!further) return [];
    const text = field.value.trim();
    const option = element("li", { role: "option", id: `${list.id}-on`, class: "found-on", "aria-selected": "false" }, icon("search"), word("search_all", { text }));
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => further(text));
    return [option];
  };
  const show = (): void => {
    const options = found.map((client, i) => {
      const option = element("li", { role: "option", id: `${list.id}-${i}`, "aria-selected": "false" }, element("b", {}, client.name), element("small", {}, [client.about, second(client)].filter(Boolean).join(" · ")));
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => pick(client));
      return option;
    });
    const none = element("li", { class: "found-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, nobody);
    const near = element("li", { class: "found-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, word("found_similar"));
    const rest = element("li", { class: "found-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, word("found_more"));
    list.replaceChildren(...(similar ? [near] : []), ...(options.length ? options : [none]), ...(more ? [rest] : []), ...onward());
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    say([similar ? word("found_similar") : "", options.length ? word("found", { n: options.length }) : nobody, more ? word("found_more") : ""].filter(Boolean).join(" "));
    at = -1;
    if (!similar && (options.length || further)) mark(0);
    else if (similar && further) mark(options.length); // Enter searches on, it does not choose somebody of another name
  };
  const ask = async (): Promise<void> => {
    asking?.abort();
    const text = field.value.trim();
    if (!text) return hide();
    asking = new AbortController();
    const answer = await get<{ clients: FoundClient[]; similar?: boolean; more?: boolean }>("clients.json", { q: text }, asking.signal).catch(() => null);
    if (!answer || field.value.trim() !== text) return;
    found = answer.clients;
    similar = answer.similar ?? false;
    more = answer.more ?? false;
    show();
  };
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE);
  });
  field.addEventListener("blur", () => window.setTimeout(hide, 100));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      hide();
    } else if (!list.hidden && (found.length || further) && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (at >= found.length) further?.(field.value.trim());
      else pick(found[at]);
    }
  });
}
