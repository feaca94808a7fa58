/** The form of a new visit: a known client in one search or a new one inline, what this person gives, is it free. */
import { iso, length as spelled, span, time as clock } from "./clock.ts";
import { came, startFinder } from "./finder.ts";
import { showHint, startKnown } from "./known.ts";
import { get, goesOver, part, post, Refused, type Values } from "./net.ts";
import { anyway } from "./overlap.ts";
import { config, element, icon, word } from "./page.ts";
import { knowSubjects, partyOf, startParty } from "./party.ts";
import { current } from "./store.ts";
import { instantOn, shownAt } from "./views/week.ts";
import type { FoundClient, Service } from "./types.ts";

type Booked = (visit: number, text: string) => void;
type Field = HTMLInputElement & HTMLSelectElement;

let catalogue: Service[] | null = null;

async function services(): Promise<Service[]> {
  catalogue ??= (await get<{ services: Service[] }>("services.json", { location: config.location })).services;
  return catalogue;
}

/** The form of the side panel. */
export function startNew(form: HTMLFormElement, booked: Booked): void {
  new NewVisit(form, booked).start();
}

class NewVisit {
  private turn = 0;
  private askedFor = "";
  private client: FoundClient | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly booked: Booked,
  ) {}

  start(): void {
    this.finder();
    startKnown(this.form, (client) => this.choose(client));
    startParty(this.form);
    this.form.addEventListener("change", (event) => {
      const name = (event.target as Field).name;
      if (/^(field|consent)_/.test(name)) return;
      if (name === "resource") void this.narrow();
      else void this.look();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    void this.narrow();
  }

  private field(name: string): Field {
    return this.form.elements.namedItem(name) as Field;
  }

  private finder(): void {
    const field = this.form.querySelector<HTMLInputElement>("#new-client");
    const box = this.form.querySelector<HTMLElement>("[data-finder]");
    if (!field || !box) return;
    box.hidden = !config.may.clients;
    startFinder(field, (client) => [client.phone, came(client)].filter(Boolean).join(" · "), word("nobody_found"), (client) => this.choose(client));
    field.addEventListener("input", () => this.typed(field.value));
    (config.may.clients ? field : this.field("first_name")).focus();
  }

  /** What is typed in the search becomes the new client's name, so that nothing is typed twice. */
  private typed(text: string): void {
    const digits = text.replace(/\D/g, "").length;
    if (digits > text.length / 2) {
      this.field("phone").value = text;
      return;
    }
    const [first = "", ...rest] = text.trim().split(/\s+/);
    this.field("first_name").value = first;
    this.field("last_name").value = rest.join(" ");
  }

  /** A known client, or null to write a new one. */
  choose(client: FoundClient | null): void {
    this.client = client;
    this.field("client").value = client ? String(client.id) : "";
    const box = this.form.querySelector<HTMLElement>("[data-chosen]");
    const details = this.form.querySelector<HTMLElement>("[data-details]");
    const finder = this.form.querySelector<HTMLElement>("[data-finder]");
    if (!box || !details || !finder) return;
    details.hidden = client !== null;
    finder.hidden = client !== null;
    box.hidden = client === null;
    void showHint(this.form, client?.id ?? null).then(() => knowSubjects(this.form));
    if (!client) return;
    const clear = element("button", { class: "button button-icon button-text", type: "button", "aria-label": word("close") }, icon("cross"));
    clear.addEventListener("click", () => {
      this.choose(null);
      finder.querySelector("input")?.focus();
    });
    box.replaceChildren(icon("person"), element("span", { class: "grow" }, element("b", {}, client.name), element("small", {}, [client.phone, came(client)].filter(Boolean).join(" · "))), clear);
    this.field("service").focus();
  }

  /** Leaves the services this person gives, with their length and price. */
  private async narrow(): Promise<void> {
    const all = await services().catch(() => []);
    const resource = this.field("resource").value;
    const select = this.field("service");
    const kept = select.value;
    const groups = new Map<string, HTMLOptionElement[]>();
    for (const service of all) {
      const how = resource ? service.by[resource] : Object.values(service.by)[0];
      if (!how) continue;
      const text = [service.name, how.length, how.price].filter(Boolean).join(" · ");
      groups.set(service.group, [...(groups.get(service.group) ?? []), element("option", { value: service.id }, text)]);
    }
    const made = [...groups].map(([name, options]) => (name ? element("optgroup", { label: name }, ...options) : options));
    select.replaceChildren(...made.flat());
    if ([...select.options].some((option) => option.value === kept)) select.value = kept;
    void this.look();
  }

  private minute(): number | null {
    const at = this.field("time").value;
    if (!/^\d\d:\d\d$/.test(at)) return null;
    return instantOn(this.field("date").value, Number(at.slice(0, 2)) * 60 + Number(at.slice(3)), current());
  }

  /** Says whether the chosen time is free, and offers the nearest ones when it is not. */
  private async look(): Promise<void> {
    const mine = ++this.turn;
    void this.ask();
    const values = { location: config.location, date: this.field("date").value, service: this.field("service").value, resource: this.field("resource").value, minutes: this.field("minutes").value, ...partyOf(this.form) };
    this.lengths();
    if (!values.service || !values.date) return;
    const answer = await get<{ starts: Record<string, number[]> }>("starts.json", values).catch(() => null);
    if (mine !== this.turn || !answer || !this.form.isConnected) return;
    const free = [...new Set(Object.values(answer.starts).flat())].sort((a, b) => a - b);
    const start = this.minute();
    this.draft(start);
    const yes = start !== null && free.includes(start);
    this.verdict(start === null ? "" : yes ? word("until", { time: this.spanned(start) }) : await this.why(values, start), yes);
    this.offer(yes ? [] : free, start ?? 0);
  }

  /** Shows what the chosen service asks; what was typed into questions that stay is kept. */
  private async ask(): Promise<void> {
    const box = this.form.querySelector<HTMLElement>("[data-asked]");
    const service = this.field("service").value;
    if (!box || !service || service === this.askedFor) return;
    this.askedFor = service;
    const typed = new FormData(this.form);
    const query = new URLSearchParams({ location: String(config.location), service });
    const html = await part(`visits/new/asked/?${query}`).catch(() => null);
    if (html === null || service !== this.askedFor || !this.form.isConnected) return;
    box.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    for (const field of box.querySelectorAll<HTMLInputElement>("[name]")) {
      const value = typed.get(field.name);
      if (typeof value !== "string") continue;
      if (field.type === "checkbox") field.checked = field.value === value;
      else field.value = value;
    }
  }

  private spanned(start: number): string {
    const how = this.how();
    return how ? span(start, start + how.minutes, current().zone) : clock(start, current().zone);
  }

  /** Length and price with the chosen person, or with the first who gives the service. */
  private how(): Service["by"][string] | undefined {
    const service = catalogue?.find((each) => String(each.id) === this.field("service").value);
    const resource = this.field("resource").value;
    const usual = resource ? service?.by[resource] : Object.values(service?.by ?? {})[0];
    const minutes = Number(this.field("minutes").value);
    return usual && minutes ? { ...usual, minutes } : usual;
  }

  /** The usual length and others near it, one press each: on a phone a tap is the start and this is the end. */
  private lengths(): void {
    const box = this.form.querySelector<HTMLElement>("[data-lengths]");
    const field = this.field("minutes");
    const chosen = field.value;
    field.value = "";
    const usual = this.how()?.minutes;
    field.value = chosen;
    if (!box || !usual) return;
    const others = [15, 30, 45, 60, 90, 120].filter((minutes) => minutes !== usual).concat(Number(chosen) || usual);
    const offered = [...new Set(others)].filter((minutes) => minutes !== usual).sort((a, b) => a - b);
    const chip = (minutes: string, text: string): HTMLElement => {
      const made = element("button", { class: "chip", type: "button", "aria-pressed": String(chosen === minutes) }, text);
      made.addEventListener("click", () => {
        field.value = minutes;
        void this.look();
      });
      return made;
    };
    box.hidden = false;
    const focused = box.contains(document.activeElement);
    box.replaceChildren(chip("", word("usual_length", { time: spelled(usual) })), ...offered.map((minutes) => chip(String(minutes), spelled(minutes))));
    if (focused) box.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
  }

  private async why(values: Values, start: number): Promise<string> {
    const found = await get<{ reasons: string[] }>("reasons.json", { ...values, start }).catch(() => ({ reasons: [] }));
    return (found.reasons as string[])[0] ?? word("not_free");
  }

  private verdict(text: string, yes: boolean): void {
    const line = this.form.querySelector<HTMLElement>("[data-verdict]");
    line?.replaceChildren(...(text ? [icon(yes ? "check" : "alert"), text] : []));
    line?.classList.toggle("verdict-bad", !yes);
  }

  private offer(free: number[], start: number): void {
    const box = this.form.querySelector<HTMLElement>("[data-times]");
    if (!box) return;
    const nearest = [...free].sort((a, b) => Math.abs(a - start) - Math.abs(b - start)).slice(0, 6).sort((a, b) => a - b);
    box.hidden = nearest.length === 0;
    box.replaceChildren(
      ...nearest.map((minute) => {
        const chip = element("button", { class: "chip", type: "button" }, clock(minute, current().zone));
        chip.addEventListener("click", () => {
          const wall = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: current().zone });
          this.field("time").value = wall.format(minute * 60_000);
          this.field("time").focus(); // the offers go away now
          void this.look();
        });
        return chip;
      }),
    );
  }

  /** Marks the place in the picture. */
  private draft(start: number | null): void {
    document.querySelector(".draft")?.remove();
    const place = start === null ? null : shownAt(Number(this.field("resource").value), start);
    const column = document.querySelector(`.col[data-resource="${place?.column}"]`);
    const how = this.how();
    if (!column || !how || !place) return;
    const made = element("div", { class: "draft", "aria-hidden": "true" }, word("new_visit"));
    made.dataset.start = String(place.minute);
    made.dataset.minutes = String(how.minutes);
    column.append(made);
    document.dispatchEvent(new CustomEvent("desk:draft"));
  }

  private async send(more: Values = {}): Promise<void> {
    const button = this.form.querySelector<HTMLButtonElement>("button[type=submit]");
    if (!button || button.classList.contains("working")) return;
    button.classList.add("working");
    const body: Values = {};
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && name !== "csrfmiddlewaretoken") body[name] = value;
    const start = this.minute();
    if (start !== null) body.start = iso(start);
    try {
      const done = await post<{ visit: number; start: string }>("visits/", { ...body, ...more });
      const name = this.client?.name ?? `${String(body.first_name)} ${String(body.last_name)}`.trim();
      document.querySelector(".draft")?.remove();
      this.booked(done.visit, word("booked", { name, time: clock(Date.parse(done.start) / 60_000, current().zone) }));
    } catch (error) {
      this.refused(error, more);
    }
    button.classList.remove("working");
  }

  /** A second press goes over what was refused; a change of the form afterwards is asked without it again. */
  private goOver(text: string, more: Values): HTMLElement {
    const button = element("button", { class: "button", type: "button" }, text);
    button.addEventListener("click", () => void this.send(more));
    return button;
  }

  private overbook(more: Values): HTMLElement | null {
    const [start, how, resource] = [this.minute(), this.how(), Number(this.field("resource").value)];
    if (!config.may.overbook || !resource) return null;
    const text = start === null || !how ? word("anyway") : anyway(resource, start, start + how.minutes);
    return this.goOver(text, { ...more, force: true });
  }

  private refused(error: unknown, more: Values): void {
    const box = this.form.querySelector("[data-refusal]");
    const text = error instanceof Refused ? error.message : word("failed");
    const made = element("div", { class: "notice notice-bad", role: "alert" }, icon("alert"), element("div", { class: "grow" }, text));
    box?.replaceChildren(made);
    const over = goesOver(error, config.may.override);
    if (over) made.append(this.goOver(word(over), { ...more, [over]: true }));
    const taken = error instanceof Refused && ["slot_taken", "not_offered"].includes(error.code);
    made.append(...[taken ? this.overbook(more) : null].filter((each) => each !== null));
    made.scrollIntoView({ block: "nearest" });
    const named = error instanceof Refused ? (error.field ?? "").replace(/^fields\./, "field_") : "";
    const field = named ? this.form.elements.namedItem(named) : null;
    if (field instanceof HTMLElement) field.focus();
    void this.look();
  }
}
