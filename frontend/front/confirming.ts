/**
 * Confirming over a bad line. The form is sent in the background, so that a lost answer does not end in the browser's
 * own error page: the visitor is told that we do not know, and the same form, with the same key inside, is sent again
 * until an answer comes. However often that is, it books once.
 */
const FIRST_WAIT = 1500;
const LONGEST_WAIT = 15_000;
const UNSURE = [502, 504, 408];

async function send(form: HTMLFormElement, body: URLSearchParams): Promise<Response> {
  const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  if (UNSURE.includes(response.status)) throw new Error("nobody knows");
  return response;
}

function pause(milliseconds: number, root: HTMLElement): Promise<void> {
  return new Promise((done) => {
    const go = (): void => {
      window.clearTimeout(timer);
      window.removeEventListener("online", go);
      root.querySelector("[data-ask-now]")?.removeEventListener("click", go);
      done();
    };
    const timer = window.setTimeout(go, milliseconds);
    window.addEventListener("online", go);
    root.querySelector("[data-ask-now]")?.addEventListener("click", go);
  });
}

async function answer(form: HTMLFormElement, body: URLSearchParams, told: HTMLElement): Promise<Response> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      const response = await send(form, body);
      const text = response.clone().text(); // the line may break in the middle of the answer, too
      await text;
      return response;
    } catch {
      told.hidden = false;
      told.scrollIntoView({ block: "nearest" });
      await pause(wait, told);
    }
  }
}

async function show(response: Response, prepare: (root: ParentNode) => void): Promise<void> {
  if (response.redirected) {
    window.location.assign(response.url);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  prepare(document);
  window.scrollTo(0, 0);
  (document.querySelector<HTMLElement>("[autofocus]") ?? document.getElementById("main"))?.focus();
}

function working(button: HTMLButtonElement): void {
  button.classList.add("working");
  if (button.dataset.working) button.textContent = button.dataset.working;
}

/** Takes over the forms with `data-once` (where to ask what became of them); a second press while one is on its way does nothing. */
export function startConfirming(prepare: (root: ParentNode) => void): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.once) return;
    const button = event.submitter;
    // the other buttons of the form (another time, a new code) book nothing, so nothing about a booking may be told
    if (button instanceof HTMLButtonElement && (button.hasAttribute("formaction") || button.name)) return;
    const told = form.querySelector<HTMLElement>("[data-unknown]");
    if (!told) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    if (button instanceof HTMLButtonElement) working(button);
    const body = new URLSearchParams(new FormData(form, button) as unknown as Record<string, string>);
    void answer(form, body, told).then((response) => show(response, prepare));
  });
}
