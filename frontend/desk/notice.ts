/** "Notify client?" after a move: the message leaves after some seconds, and not at all after an undo. */
import { post, Refused } from "./net.ts";
import { say, word } from "./page.ts";
import { toast, type Way } from "./toast.ts";

interface Wished {
  seconds: number;
}

/** The way to tell the client, where there is one; `undo` still takes the move back, and with it the message. */
export function tellWay(visit: number, name: string, reach: string, undo: Way, what = "moved"): Way[] {
  return reach ? [{ text: word("notify"), go: () => void wish(visit, name, undo, what) }] : [];
}

async function wish(visit: number, name: string, undo: Way, what: string): Promise<void> {
  try {
    const { seconds } = await post<Wished>(`visits/${visit}/notice`, { what });
    const text = word("will_be_told", { name, n: seconds });
    toast(text, [undo, { text: word("do_not_send"), go: () => void withdraw(visit, name) }], "mail", seconds * 1000);
    say(text);
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), [undo], "alert");
  }
}

async function withdraw(visit: number, name: string): Promise<void> {
  try {
    await post(`visits/${visit}/notice`, { withdraw: true });
    toast(word("not_told", { name }));
  } catch (error) {
    toast(error instanceof Refused ? error.message : word("failed"), [], "alert");
  }
}
