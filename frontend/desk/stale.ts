/** A page that stood open too long says so and loses nothing: signed out, a new day, a renewed program, a right taken away. */
import { goTo } from "./days.ts";
import { get, takeToken } from "./net.ts";
import { above, by, config, element, icon, word } from "./page.ts";
import { shutPanel } from "./panel.ts";
import { copies } from "./renew.ts";
import { refresh } from "./store.ts";

interface Now {
  token: string;
  build: string;
  today: string;
}

/** One line above the picture; a later one of the same kind takes its place. */
function banner(kind: string, text: string, ...ways: HTMLElement[]): void {
  document.querySelector(`[data-banner="${kind}"]`)?.remove();
  const made = element("p", { class: "offline banner", role: "status", "data-banner": kind }, icon("alert"), element("span", { class: "grow" }, text), ...ways);
  above().append(made);
}

function clear(kind: string): void {
  document.querySelector(`[data-banner="${kind}"]`)?.remove();
}

function press(text: string, go: () => void): HTMLElement {
  const made = element("button", { class: "button", type: "button" }, text);
  made.addEventListener("click", go);
  return made;
}

/** Nothing typed is lost: the sign-in opens beside, and this page goes on with a fresh token. */
function signedOut(): void {
  const address = `/accounts/login/?next=${encodeURIComponent(config.base)}`;
  banner("signed-out", word("signed_out_kept"), element("a", { class: "button", href: address, target: "_blank", rel: "noopener" }, word("sign_in_beside")));
}

function take(now: Now): void {
  clear("signed-out");
  takeToken(now.token);
  if (now.build !== config.build) banner("renewed", word("renewed"), press(word("reload"), () => window.location.reload()));
  if (now.today === config.today) return;
  config.today = now.today;
  const go = press(word("go_today"), () => void goTo(now.today).then(() => {
    clear("day");
    by("journal").focus({ preventScroll: true });
  }));
  banner("day", word("new_day"), go);
}

/** Asks what has changed about the page itself; what was missed is fetched. */
export async function look(): Promise<void> {
  const now = await get<Now>("now.json", { location: config.location }).catch(() => null);
  if (!now) return;
  take(now);
  await refresh();
}

/** A right that was taken away: nothing is shown any further but what the person typed. */
function forbidden(): void {
  const typed = copies(shutPanel());
  document.getElementById("shelf")?.remove();
  document.getElementById("desk-journal")?.remove();
  document.querySelectorAll(".topbar .stats, #switcher").forEach((made) => made.remove());
  const notice = element("div", { class: "empty" }, element("p", {}, word("no_right")), typed, element("a", { class: "button", href: "/desk/" }, word("go_on")));
  by("journal").replaceChildren(notice);
}

export function startStale(): void {
  let hidden = Date.now();
  document.addEventListener("desk:signed-out", signedOut);
  document.addEventListener("desk:forbidden", forbidden);
  document.addEventListener("desk:line", () => void look());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hidden = Date.now();
    else if (Date.now() - hidden > 60_000 || document.querySelector("[data-banner=signed-out]")) void look();
  });
  window.setInterval(() => void (document.hidden || look()), 10 * 60_000);
}
