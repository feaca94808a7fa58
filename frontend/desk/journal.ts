/** Puts the journal's parts together. */
import { startDrag } from "./drag.ts";
import { startKeyMove } from "./keymove.ts";
import { startKeys } from "./keys.ts";
import { startLive } from "./live.ts";
import { startOpening } from "./opening.ts";
import { startPanel } from "./panel.ts";
import { startParts } from "./parts.ts";
import { startPhone } from "./phone.ts";
import { startRestoring } from "./restoring.ts";
import { startScale } from "./scale.ts";
import { startScheme } from "./scheme.ts";
import { redraw, startStore } from "./store.ts";

export function startJournal(): void {
  startPhone();
  startPanel();
  startParts();
  startRestoring();
  startScale(redraw);
  startStore();
  startDrag();
  startKeyMove();
  startKeys();
  startOpening();
  startLive();
  startScheme();
}
