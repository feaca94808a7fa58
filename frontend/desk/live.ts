/** The live stream: news of the shown day brings the picture up to date; a lost line is said and made up for. */
import { config } from "./page.ts";
import { current, online, refresh } from "./store.ts";
import { again } from "./panel.ts";
import { anythingParked, ask as askStrip } from "./shelf.ts";
import { covers } from "./views/week.ts";

const PATIENCE = 2500; // milliseconds a line may be down before people are told
const STRIP = "parked"; // stands for the date where the strip changed
const SILENCE = 40_000; // milliseconds without even a ping after which the line is taken for dead
const GATHER = 60; // milliseconds in which several pieces of news are answered by one question

let timer = 0;
let told = 0;
let lost = false;
let last = Date.now(); // when something came over the line

function soon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    void refresh();
    if (anythingParked()) void askStrip();
  }, GATHER);
}

function heard(event: MessageEvent<string>): void {
  last = Date.now();
  const news = JSON.parse(event.data) as { location?: number; date?: string };
  const day = current();
  if (news.location !== undefined && news.location !== day.location.id) return;
  if (news.date === STRIP) return void askStrip();
  document.dispatchEvent(new CustomEvent("desk:news"));
  if (news.location === undefined || covers(news.date ?? "", day.date)) soon();
}

function opened(): void {
  last = Date.now();
  window.clearTimeout(told);
  if (!lost) return;
  lost = false;
  online(true);
  document.dispatchEvent(new CustomEvent("desk:line")); // catches up with the page, the day and the strip
  void askStrip();
}

let pictured = new Set<number | undefined>(); // the visits of the picture as it was drawn last

/** The panel follows what others do to the visit it shows, cancelled ones included; what is typed there stays. */
function follow(): void {
  const shown = document.querySelector<HTMLElement>("#panel [data-panel-visit]");
  const visit = Number(shown?.dataset.panelVisit);
  const block = current().blocks.find((each) => each.visit === visit);
  const gone = !block && pictured.has(visit);
  pictured = new Set(current().blocks.map((each) => each.visit));
  if (shown && (gone || (block?.version !== undefined && block.version > Number(shown.dataset.version)))) void again();
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
    stream.addEventListener("ping", () => (last = Date.now()));
    stream.addEventListener("error", () => {
      failed();
      if (stream?.readyState === EventSource.CLOSED) window.setTimeout(connect, 5000);
    });
  };
  connect();
  document.addEventListener("desk:drawn", follow);
  window.addEventListener("online", connect);
  window.addEventListener("offline", failed);
  window.setInterval(() => {
    if (Date.now() - last < SILENCE || document.hidden) return;
    failed();
    last = Date.now();
    connect();
  }, 5000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) soon();
  });
  window.addEventListener("pagehide", () => stream?.close());
}
