/**
 * A form that was sent shows that work goes on and is not sent twice by an impatient second press.
 * The hidden idempotency key is the real guard; this only spares the visitor a confusing page.
 */
function markWorking(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement) || !button.classList.contains("button-main")) return;
  button.classList.add("working");
  if (button.dataset.working) button.textContent = button.dataset.working;
}

/** A page that comes back from the browser's memory must be usable again. */
function forget(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll(".working")) button.classList.remove("working");
}

/** Listens once for the whole document. */
export function startSending(): void {
  document.addEventListener("submit", markWorking);
  window.addEventListener("pageshow", forget);
}
