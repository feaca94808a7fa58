/** Finding a client while typing: suggestions by name or phone tail, chosen by mouse or by the arrow keys. */
import { get } from "./net.ts";
import { element, say, word } from "./page.ts";
import type { FoundClient } from "./types.ts";

const PAUSE = 120; // milliseconds of silence before the server is asked

/** Turns a search field and its list into a combobox; `chosen` is called with the client. */
export function startFinder(field: HTMLInputElement, second: (client: FoundClient) => string, nobody: string, chosen: (client: FoundClient) => void): void {
  const list = document.getElementById(field.getAttribute("aria-controls") ?? "") as HTMLElement;
  let found: FoundClient[] = [];
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
    at = (to + found.length) % found.length;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const pick = (client: FoundClient | undefined): void => {
    if (!client) return;
    hide();
    field.value = "";
    chosen(client);
  };
  const show = (): void => {
    const options = found.map((client, i) => {
      const option = element("li", { role: "option", id: `${list.id}-${i}`, "aria-selected": "false" }, element("b", {}, client.name), element("small", {}, second(client)));
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => pick(client));
      return option;
    });
    const none = element("li", { class: "found-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, nobody);
    list.replaceChildren(...(options.length ? options : [none]));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    say(options.length ? word("found", { n: options.length }) : nobody);
    if (options.length) mark(0);
  };
  const ask = async (): Promise<void> => {
    asking?.abort();
    const text = field.value.trim();
    if (!text) return hide();
    asking = new AbortController();
    const answer = await get<{ clients: FoundClient[] }>("clients.json", { q: text }, asking.signal).catch(() => null);
    if (!answer || field.value.trim() !== text) return;
    found = answer.clients;
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
    } else if (!list.hidden && found.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      mark(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      pick(found[at]);
    }
  });
}
