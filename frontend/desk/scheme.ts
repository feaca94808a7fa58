/** Shows the visits of one mark (public health, private) and lets the others step back. */
import { by } from "./page.ts";

export function startScheme(): void {
  const choice = document.getElementById("scheme") as HTMLSelectElement | null;
  choice?.addEventListener("change", () => (by("journal").dataset.only = choice.value));
}
