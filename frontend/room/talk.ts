/** Passing messages to the other side through the server: said at once, heard by asking again and again. */

export type Message = Record<string, unknown>;

export interface Talk {
  say(message: Message): void;
  stop(): void;
}

const OFTEN = 700; // milliseconds between two looks while the call is being made
const SELDOM = 3000; // and once both are connected

interface Heard {
  state: string;
  messages: { id: number; body: Message }[];
}

function token(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Asks `address` until stopped. `hear` gets each message once, `shut` the state when the room is no longer open. */
export function talk(address: string, calm: () => boolean, hear: (message: Message) => void, shut: (state: string) => void, cut: (off: boolean) => void): Talk {
  let after = 0;
  let waiting: Message[] = [];
  let timer = 0;
  let stopped = false;

  function send(said: Message[], keepalive = false): Promise<Response> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
    return fetch(address, { method: "POST", headers, keepalive, body: JSON.stringify({ after, said }) });
  }

  async function look(): Promise<void> {
    window.clearTimeout(timer);
    const said = waiting;
    waiting = [];
    try {
      const response = await send(said);
      if (!response.ok) throw new Error(String(response.status));
      const heard = (await response.json()) as Heard;
      cut(false);
      if (heard.state !== "open") return shut(heard.state);
      for (const each of heard.messages) {
        after = Math.max(after, each.id);
        hear(each.body);
      }
    } catch {
      waiting = [...said, ...waiting]; // what was not heard is said again
      cut(true);
    }
    if (!stopped) timer = window.setTimeout(() => void look(), waiting.length ? 50 : calm() ? SELDOM : OFTEN);
  }

  void look();
  return {
    say: (message) => void waiting.push(message),
    stop: () => {
      stopped = true;
      window.clearTimeout(timer);
      if (waiting.length) send(waiting.splice(0), true).catch(() => undefined); // the last word outlives the page
    },
  };
}
