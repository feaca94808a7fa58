/** What stands on the page for the script: its settings, its words and its icons. */
import type { Config } from "./types.ts";

function read<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null") as T;
}

export const config = read<Config>("desk-config");
const shapes = read<Record<string, string[]>>("desk-icons") ?? {};

/** The text called `name`, with its `{…}` filled in. */
export function word(name: string, values: Record<string, string | number> = {}): string {
  const text = config.words[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}

type Child = Node | string | null | undefined | false;

/** An element with attributes and children; `class`, `text` and `data-…` as in HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

const drawn = new Map<string, SVGSVGElement>();

function sketch(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", (shapes[name] ?? []).join(" "));
  svg.append(path);
  return svg;
}

/** An icon of the set; readers do not hear it. Made once and copied: a full day has a thousand of them. */
export function icon(name: string): SVGSVGElement {
  let made = drawn.get(name);
  if (!made) drawn.set(name, (made = sketch(name)));
  return made.cloneNode(true) as SVGSVGElement;
}

/** An element of the page that must be there. */
export function by<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing`);
  return found as T;
}

/** Where lines about the page itself stand, one below another, above the picture. */
export function above(): HTMLElement {
  const found = document.getElementById("above");
  if (found) return found;
  const made = element("div", { class: "above", id: "above" });
  by("journal").before(made);
  return made;
}

/** Tells people who listen instead of looking. */
export function say(text: string): void {
  by("said").textContent = text;
}
