/** Puts the journal's parts together. */
import { startBlocking } from "./blocking.ts";
import { startCellMenu } from "./cellmenu.ts";
import { startDrag } from "./drag.ts";
import { startDays } from "./days.ts";
import { startDragOut } from "./dragout.ts";
import { startKeyMove } from "./keymove.ts";
import { startKeys } from "./keys.ts";
import { startLift } from "./lift.ts";
import { startLive } from "./live.ts";
import { startOpening } from "./opening.ts";
import { startPanel } from "./panel.ts";
import { startParts } from "./parts.ts";
import { startPhone } from "./phone.ts";
import { startRestoring } from "./restoring.ts";
import { startScale } from "./scale.ts";
import { startScheme } from "./scheme.ts";
import { startShelf } from "./shelf.ts";
import { redraw, startStore } from "./store.ts";
import { startUndo } from "./undo.ts";

export function startJournal(): void {
  startPhone();
  startPanel();
  startParts();
  startRestoring();
  startScale(redraw);
  startStore();
  startDays();
  startLift();
  startDrag();
  startDragOut();
  startCellMenu();
  startBlocking();
  startKeyMove();
  startKeys();
  startShelf();
  startUndo();
  startOpening();
  startLive();
  startScheme();
}
