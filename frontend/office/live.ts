/** A `<form data-live="id">` brings the part of that id up to date with each change; without script its button does. */
async function renew(form: HTMLFormElement, part: HTMLElement, prepare: (root: ParentNode) => void): Promise<void> {
  const query = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const address = `${form.action}?${query}`;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (!answer.ok || !fresh) return form.submit();
  part.replaceChildren(...fresh.childNodes);
  history.replaceState(null, "", address);
  prepare(part);
}

/** `prepare` runs on each part that came anew. */
export function startLive(prepare: (root: ParentNode) => void): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-live]")) {
    const part = document.getElementById(form.dataset.live ?? "");
    if (!part) continue;
    form.addEventListener("change", () => void renew(form, part, prepare));
    form.querySelector<HTMLElement>("[data-live-button]")?.setAttribute("hidden", "");
  }
}
