/** The scale: how many minutes a slot of 18 pixels means. Remembered for the person. */
import { by, config, word } from "./page.ts";
import { like } from "./views/liked.ts";

const STEPS = [5, 10, 15, 20, 30, 60];
export const SLOT = 18; // pixels

const USUAL = 15; // minutes of a slot, unless visits are shorter
const PRESSED = 24; // pixels

let minutes = USUAL;

function slider(): HTMLInputElement {
  return by<HTMLInputElement>("scale");
}

function show(): void {
  const text = word("minutes", { n: minutes });
  by("scale-shown").textContent = text;
  slider().setAttribute("aria-valuetext", text);
}

/** Minutes of a slot. */
export function slot(): number {
  return minutes;
}

/** Pixels of a length in minutes. */
export function pixels(length: number): number {
  return (length * SLOT) / minutes;
}

/** For who has not chosen: the coarsest scale at which three of four visits are tall enough to be read and pressed. */
export function fit(lengths: number[]): void {
  if (config.liked.scale !== null || !lengths.length) return;
  const short = [...lengths].sort((a, b) => a - b)[Math.floor(lengths.length / 4)] ?? USUAL;
  minutes = STEPS.filter((step) => step <= USUAL && (short * SLOT) / step >= PRESSED).pop() ?? STEPS[0] ?? USUAL;
  slider().value = String(STEPS.indexOf(minutes));
  show();
}

export function startScale(changed: () => void): void {
  const kept = config.liked.scale ?? 0;
  if (STEPS.includes(kept)) minutes = kept;
  slider().value = String(STEPS.indexOf(minutes));
  show();
  slider().addEventListener("input", () => {
    minutes = STEPS[Number(slider().value)] ?? USUAL;
    config.liked.scale = minutes;
    show();
    changed();
  });
  slider().addEventListener("change", () => like({ scale: minutes }));
}
