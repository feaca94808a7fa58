/** The client's pages: styles, and the small helps that a page without script does without. */
import "./styles/all.ts";
import "./styles/front.css";
import "./styles/details.css";
import "./styles/summary.css";
import "./styles/account.css";
import "./styles/welcome.css";
import "./styles/around.css";
import { startConfirming } from "./front/confirming.ts";
import { startConsent } from "./front/consent.ts";
import { startCopying } from "./front/copying.ts";
import { startDialling } from "./front/dialling.ts";
import { startFraming } from "./front/framing.ts";
import { startHoldClock } from "./front/hold-clock.ts";
import { startNavigation } from "./front/navigation.ts";
import { startRemembering } from "./front/remembering.ts";
import { startReturning } from "./front/returning.ts";
import { startSearch } from "./front/search.ts";
import { startSending } from "./front/sending.ts";
import { startWork } from "./front/work.ts";
import { startZone } from "./front/zone.ts";
import { startMenus } from "./shell/menus.ts";

/** Everything that belongs to what stands on the page now; called again after a part was exchanged. */
function prepare(root: ParentNode): void {
  startSearch(root);
  startHoldClock(root);
  startCopying(root);
  startDialling(root);
  startZone(root);
  startRemembering(root);
  startWork(root);
}

startMenus();
startConfirming(prepare);
startSending();
startReturning();
startNavigation(prepare);
startFraming();
startConsent();
prepare(document);
