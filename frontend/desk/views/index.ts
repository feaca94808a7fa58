/** A page that shows a table instead of the grid. */
import { startBoard } from "./boards.ts";
import { startBoardMove } from "./boardmove.ts";
import { startViewKeys } from "./keys.ts";
import { startTurning } from "./turning.ts";

export function startBoardPage(): void {
  startBoard();
  startBoardMove();
  startTurning();
  startViewKeys();
}
