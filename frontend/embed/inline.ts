/** The booking pages as part of the site's page, as high as what they show. The link stays until they are there. */
import { framed, listen, makeFrame, watch } from "./frame.ts";

/** Puts the frame after the link; where it is refused the link remains. */
export function inline(link: HTMLAnchorElement): void {
  const address = framed(link, "widget");
  const frame = makeFrame(link, address);
  frame.style.height = "0";
  let ready = false;
  listen(frame, address.origin, {
    height(pixels) {
      ready = true;
      frame.style.display = "block";
      frame.style.setProperty("height", `${pixels}px`, "important"); // sites' own styles often say `auto`
      link.style.display = "none";
    },
  });
  watch(frame, () => ready, () => (frame.style.display = "none"));
  let loads = 0;
  frame.addEventListener("load", () => {
    // A further step begins at its top, also where the last one was scrolled far down.
    if (++loads > 1 && frame.getBoundingClientRect().top < 0) frame.scrollIntoView({ block: "start" });
  });
  link.after(frame);
}
