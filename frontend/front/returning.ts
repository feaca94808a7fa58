/**
 * Who comes back by the browser's arrow to a form that has booked sees it as the browser kept it: a time held for them.
 * So the server is asked what became of it, and leads to the visit; a form that has not booked stays as it was typed.
 */
async function follow(form: HTMLFormElement): Promise<void> {
  const answer = await fetch(form.dataset.once ?? "", { method: "HEAD", credentials: "same-origin", cache: "no-store" });
  if (answer.ok && answer.redirected) window.location.replace(answer.url);
}

function cameBack(event: PageTransitionEvent): boolean {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return event.persisted || entry?.type === "back_forward";
}

/** Listens once for the whole document. */
export function startReturning(): void {
  window.addEventListener("pageshow", (event) => {
    const form = document.querySelector<HTMLFormElement>("form[data-once]");
    if (!form || !cameBack(event)) return;
    delete form.dataset.sending; // without an answer it can be sent again, and books once
    void follow(form).catch(() => undefined);
  });
}
