/** Names that libraries expect on the window. */
import type htmx from "htmx.org";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
