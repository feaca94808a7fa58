/** The form of a visit's service lists those who give the chosen service, and says why it is nobody. */
import { word } from "./page.ts";

const all = new WeakMap<HTMLSelectElement, HTMLOptionElement[]>();

function narrow(form: HTMLFormElement): void {
  const [service, who] = [form.querySelector<HTMLSelectElement>("[data-giving]"), form.querySelector<HTMLSelectElement>("[name=resource]")];
  const line = form.querySelector<HTMLElement>("[data-gives]");
  if (!service || !who || !line) return;
  const everybody = all.get(who) ?? [...who.options];
  all.set(who, everybody);
  const dated = service.selectedOptions[0]?.dataset.dated !== undefined; // a class has its own people
  const by = dated ? [] : service.selectedOptions[0]?.dataset.by?.split(" ").filter(Boolean);
  const before = who.selectedOptions[0];
  who.replaceChildren(...everybody.filter((option) => !option.value || !by || by.includes(option.value)));
  const lost = before !== undefined && !before.isConnected;
  who.value = lost ? "" : (before?.value ?? "");
  if (dated) line.textContent = "";
  else line.textContent = by?.length === 0 ? word("given_by_nobody") : lost ? word("gives_not", { name: before.text }) : "";
}

/** Follows the form for as long as the page is open. */
export function startGiving(panel: HTMLElement): void {
  const forms = (): HTMLFormElement[] => [...panel.querySelectorAll("form")];
  document.addEventListener("desk:panel", () => forms().forEach(narrow));
  panel.addEventListener("change", (event) => {
    const field = event.target as HTMLSelectElement;
    if (field.matches("[data-giving]") && field.form) narrow(field.form);
  });
}
