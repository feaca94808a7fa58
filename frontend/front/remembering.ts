/**
 * "Remember me on this device": who books is kept in this browser only after the visitor ticked it, per organization,
 * for half a year. It never leaves the browser by itself, is shown to nobody until a press asks for it (only the first
 * name is told), and one press forgets it. Where a frame's storage is blocked the box simply does not appear.
 */
const FIELDS = ["region", "phone", "first_name", "last_name", "email"];
const HALF_A_YEAR = 182 * 86_400_000;

interface Kept {
  until: number;
  values: Record<string, string>;
}

function storage(): Storage | null {
  try {
    const found = window.localStorage;
    found.getItem("visita"); // throws where a frame may keep nothing
    return found;
  } catch {
    return null;
  }
}

function key(organization: string): string {
  return `visita.remember.${organization}`;
}

function read(kept: Storage, organization: string): Record<string, string> | null {
  try {
    const found = JSON.parse(kept.getItem(key(organization)) ?? "null") as Kept | null;
    if (found && found.until > Date.now() && typeof found.values.first_name === "string") return found.values;
  } catch {
    // somebody else's words under our name: forgotten below
  }
  kept.removeItem(key(organization));
  return null;
}

function input(form: HTMLFormElement, name: string): HTMLInputElement | HTMLSelectElement | null {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLSelectElement ? found : null;
}

function remember(kept: Storage, organization: string, form: HTMLFormElement): void {
  const values = Object.fromEntries(FIELDS.map((name) => [name, input(form, name)?.value ?? ""]));
  try {
    kept.setItem(key(organization), JSON.stringify({ until: Date.now() + HALF_A_YEAR, values }));
  } catch {
    // full or refused: the booking goes on without
  }
}

function offer(
  panel: HTMLElement,
  form: HTMLFormElement,
  box: HTMLInputElement,
  values: Record<string, string>,
  forget: () => void,
): void {
  const name = panel.querySelector("[data-name]");
  if (name) name.textContent = values.first_name ?? "";
  panel.hidden = input(form, "phone")?.value !== "";
  panel.querySelector("[data-use]")?.addEventListener("click", () => {
    for (const field of FIELDS) {
      const found = input(form, field);
      if (found && values[field]) found.value = values[field];
    }
    box.checked = true; // it is the one who ticked it then
    panel.hidden = true;
    form.querySelector<HTMLElement>(".ticks input")?.focus();
  });
  panel.querySelector("[data-forget]")?.addEventListener("click", () => {
    forget();
    panel.hidden = true;
    input(form, "phone")?.focus();
  });
}

/** Binds the tick-box and the offer of the details' form below `root`. */
export function startRemembering(root: ParentNode): void {
  const label = root.querySelector<HTMLElement>("[data-remember]");
  const form = label?.closest("form");
  const box = label?.querySelector("input");
  const kept = storage();
  if (!label || !form || !box || !kept) return;
  const organization = label.dataset.remember ?? "";
  const known = read(kept, organization);
  label.hidden = false;
  const forget = (): void => {
    kept.removeItem(key(organization));
    box.checked = false;
  };
  const panel = form.querySelector<HTMLElement>("[data-remembered]");
  if (known && panel) offer(panel, form, box, known, forget);
  box.addEventListener("change", () => {
    if (!box.checked) forget();
  });
  form.addEventListener("submit", () => {
    if (box.checked) remember(kept, organization, form);
  });
}
