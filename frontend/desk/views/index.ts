/** A page that shows a table instead of the grid. */
import { startBoard } from "./boards.ts";
import { startViewKeys } from "./keys.ts";

export function startBoardPage(): void {
  startBoard();
  startViewKeys();
}
