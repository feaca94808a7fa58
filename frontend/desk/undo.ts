/** What can be taken back, the last first: by the toast's button, and by Ctrl+Z after the toast has gone. */
import { say, word } from "./page.ts";
import { leave, type Way } from "./toast.ts";

const MOST = 20;
const deeds: (() => void)[] = [];

/** The way of taking a deed back, for its toast; Ctrl+Z does the same once. */
export function undoable(go: () => Promise<void>): Way {
  const once = (): void => {
    const at = deeds.indexOf(once);
    if (at < 0) return;
    deeds.splice(at, 1);
    leave();
    void go();
  };
  deeds.push(once);
  if (deeds.length > MOST) deeds.shift();
  return { text: word("undo"), icon: "undo", go: once };
}

function typing(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest("input, select, textarea, dialog") !== null;
}

/** Ctrl+Z, or Command+Z, while nobody types. */
export function startUndo(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing(event)) return;
    event.preventDefault();
    const last = deeds[deeds.length - 1];
    if (last) last();
    else say(word("nothing_to_undo"));
  });
}
