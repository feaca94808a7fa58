/** The live stream: news of the shown day brings the picture up to date; a lost line is said and made up for. */
import { config } from "./page.ts";
import { current, online, refresh } from "./store.ts";
import { again } from "./panel.ts";
import { anythingParked, ask as askStrip } from "./shelf.ts";
import { covers } from "./views/week.ts";

const PATIENCE = 2500; // milliseconds a line may be down before people are told
const STRIP = "parked"; // stands for the date where the strip changed
const GATHER = 60; // milliseconds in which several pieces of news are answered by one question

let timer = 0;
let told = 0;
let lost = false;

function soon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    void refresh();
    if (anythingParked()) void askStrip();
  }, GATHER);
}

function heard(event: MessageEvent<string>): void {
  const news = JSON.parse(event.data) as { location?: number; date?: string };
  const day = current();
  if (news.location !== undefined && news.location !== day.location.id) return;
  if (news.date === STRIP) return void askStrip();
  if (news.location === undefined || covers(news.date ?? "", day.date)) soon();
}

function opened(): void {
  window.clearTimeout(told);
  if (!lost) return;
  lost = false;
  online(true);
  void refresh().then(() => void again());
}

function failed(): void {
  if (lost) return;
  lost = true;
  told = window.setTimeout(() => online(false), PATIENCE);
}

/** Listens for as long as the page is open. */
export function startLive(): void {
  let stream: EventSource | null = null;
  const connect = (): void => {
    stream?.close();
    stream = new EventSource(config.events);
    stream.addEventListener("change", heard as EventListener);
    stream.addEventListener("open", opened);
    stream.addEventListener("error", () => {
      failed();
      if (stream?.readyState === EventSource.CLOSED) window.setTimeout(connect, 5000);
    });
  };
  connect();
  window.addEventListener("online", connect);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) soon();
  });
  window.addEventListener("pagehide", () => stream?.close());
}
