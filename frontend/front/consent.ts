/**
 * Asks before anything of Google or Facebook is loaded, and then tells their frame which step was reached: one word,
 * never what somebody typed. A yes is kept where the browser lets us. A no is stored nowhere: the window remembers it
 * under its name, so that no page asks again until it is closed.
 */
const PREFIX = "visita.measuring.";

function stored(key: string): Storage | null {
  try {
    localStorage.getItem(key);
    return localStorage;
  } catch {
    return null; // storage is blocked, as in another site's frame
  }
}

function recall(key: string): string | null {
  if (window.name.startsWith(`${key}=`)) return window.name.slice(key.length + 1);
  return stored(key)?.getItem(key) === "yes" ? "yes" : null;
}

function keep(key: string, answer: string): void {
  const storage = stored(key);
  storage?.removeItem(key);
  window.name = "";
  try {
    if (answer === "yes" && storage) return storage.setItem(key, answer);
  } catch {
    // it is full
  }
  window.name = `${key}=${answer}`;
}

function tell(address: string, steps: string[]): void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "";
  frame.setAttribute("sandbox", "allow-scripts");
  frame.addEventListener("load", () => {
    // A sandboxed page has no origin that could be named; what is said is one of six words, to our own frame.
    for (const event of steps) frame.contentWindow?.postMessage({ visita: 1, event }, "*");
  });
  frame.src = address;
  document.body.append(frame);
}

/** Reloading the page after a booking is no second booking. */
function onlyOnce(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has("new")) return;
  address.searchParams.delete("new");
  history.replaceState(history.state, "", address);
}

function forget(): void {
  document.querySelectorAll("iframe[sandbox]").forEach((frame) => frame.remove());
}

/** Does nothing where the organization has no tags. */
export function startConsent(): void {
  const bar = document.querySelector<HTMLElement>("[data-consent]");
  const again = document.querySelector<HTMLElement>("[data-consent-again]");
  const { consent, tags = "", reached = "" } = bar?.dataset ?? {};
  if (!bar || !again || !consent) return;
  const key = PREFIX + consent;
  let told = false;
  const show = (answer: string | null): void => {
    bar.hidden = answer !== null;
    again.hidden = answer === null;
    if (answer === "yes" && !told && reached) {
      told = true;
      tell(tags, reached.split(" "));
      onlyOnce();
    }
    if (answer === "no") forget();
  };
  bar.addEventListener("click", (event) => {
    const answer = event.target instanceof HTMLElement ? event.target.dataset.answer : undefined;
    if (!answer) return;
    keep(key, answer);
    show(answer);
    document.getElementById("main")?.focus({ preventScroll: true });
  });
  again.addEventListener("click", () => {
    show(null);
    bar.querySelector("button")?.focus();
  });
  show(recall(key));
}
