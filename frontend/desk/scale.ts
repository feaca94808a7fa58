/** The scale: how many minutes a slot of 18 pixels means. Remembered for the person. */
import { by, config, word } from "./page.ts";
import { like } from "./views/liked.ts";

const STEPS = [5, 10, 15, 20, 30, 60];
export const SLOT = 18; // pixels

let minutes = 15;

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

export function startScale(changed: () => void): void {
  const kept = config.liked.scale ?? 0;
  if (STEPS.includes(kept)) minutes = kept;
  slider().value = String(STEPS.indexOf(minutes));
  show();
  slider().addEventListener("input", () => {
    minutes = STEPS[Number(slider().value)] ?? 15;
    show();
    changed();
  });
  slider().addEventListener("change", () => like({ scale: minutes }));
}
