/** Going to an hour: `#hour-14` in the address brings two in the afternoon to the top of the picture. */
import { by } from "../page.ts";
import { pixels } from "../scale.ts";
import { current } from "../store.ts";
import { offset } from "../clock.ts";

function go(): void {
  const hour = /^#hour-(\d{1,2})$/.exec(window.location.hash)?.[1];
  if (hour === undefined) return;
  const journal = current();
  for (let at = journal.shown[0]; at < journal.shown[1]; at += 15) {
    if ((((at + offset(at, journal)) % 1440) + 1440) % 1440 !== Number(hour) * 60) continue;
    by("journal").scrollTop = pixels(at - journal.shown[0]);
    return;
  }
}

export function startHours(): void {
  window.addEventListener("hashchange", go);
  go();
}
