/** While a new client is typed: who is known already under that name or number, to be taken instead of made twice. */
import { get, part } from "./net.ts";
import { config, element, icon, word } from "./page.ts";
import type { FoundClient } from "./types.ts";

const PAUSE = 250; // milliseconds of silence before the server is asked
const FIELDS = ["first_name", "last_name", "phone", "email"];
const MOST = 3;

function question(form: HTMLFormElement): string {
  const text = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement | null)?.value.trim() ?? "";
  if (text("phone").replace(/\D/g, "").length >= 6) return text("phone");
  if (text("email").includes("@")) return text("email");
  const name = `${text("last_name")} ${text("first_name")}`.trim();
  return name.length >= 4 ? name : "";
}

/** Watches the fields of a new client; `take` gets the known one that was pressed. */
export function startKnown(form: HTMLFormElement, take: (client: FoundClient) => void): void {
  const room = form.querySelector<HTMLElement>("[data-known]");
  if (!room || !config.may.clients) return;
  let timer = 0;
  let asked = "";
  const offer = (clients: FoundClient[]): void => {
    const ways = clients.slice(0, MOST).map((client) => {
      const made = element("button", { class: "chip", type: "button" }, icon("person"), [client.name, client.phone].filter(Boolean).join(", "));
      made.addEventListener("click", () => {
        room.hidden = true;
        take(client);
      });
      return made;
    });
    room.replaceChildren(element("p", { class: "small quiet" }, word("known_already")), element("div", { class: "chips" }, ...ways));
    room.hidden = !ways.length;
  };
  const ask = async (): Promise<void> => {
    const text = question(form);
    if (text === asked) return;
    asked = text;
    const found = text ? await get<{ clients: FoundClient[] }>("clients.json", { q: text }).catch(() => null) : null;
    if (asked === text) offer(found?.clients ?? []);
  };
  form.addEventListener("input", (event) => {
    if (!FIELDS.includes((event.target as HTMLInputElement).name)) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE);
  });
}

/** Under a chosen client: how reliable, how likely this visit is missed, tags. */
export async function showHint(form: HTMLFormElement, client: number | null): Promise<void> {
  const room = form.querySelector<HTMLElement>("[data-hint]");
  if (!room) return;
  room.replaceChildren();
  if (client === null) return;
  const date = (form.elements.namedItem("date") as HTMLInputElement | null)?.value ?? "";
  const html = await part(`clients/${client}/hint/?location=${config.location}&date=${date}`).catch(() => "");
  room.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}
