/** Going to another day: the date field opens its calendar at a press anywhere on the title, and goes at a choice. */
import { by } from "./page.ts";

export function startNavigation(): void {
  const form = by<HTMLFormElement>("pick");
  const field = form.querySelector<HTMLInputElement>("input[type=date]");
  field?.addEventListener("click", () => {
    try {
      field.showPicker();
    } catch {
      // browsers without it let the date be typed
    }
  });
  field?.addEventListener("change", () => {
    if (field.value && field.validity.valid) form.requestSubmit();
  });
}
