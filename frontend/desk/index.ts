import { startCounted } from "./counted.ts";

/** The day journal: starts only on the page that carries its data. */
export async function start(): Promise<void> {
  startCounted();
  if (document.getElementById("agenda-live")) (await import("./agenda.ts")).startAgenda();
  if (document.getElementById("pick")) (await import("./views/calendar.ts")).startCalendar();
  if (document.getElementById("board")) (await import("./views/index.ts")).startBoardPage();
  if (document.getElementById("list")) (await import("./views/keys.ts")).startViewKeys();
  if (document.getElementById("desk-hours")) (await import("./hours.ts")).startHours();
  if (document.getElementById("desk-journal")) (await import("./journal.ts")).startJournal();
  if (document.getElementById("desk-then")) (await import("./then.ts")).startThen();
  const count = document.querySelector<HTMLElement>("#table-count[data-count]");
  if (count) void (await import("./counting.ts")).startCounting(count);
  const form = document.getElementById("waitlist-new");
  if (form && document.getElementById("desk-config")) (await import("./waitform.ts")).startWaitForm(form as HTMLFormElement);
  const queue = document.getElementById("queue-page");
  if (queue) (await import("./queuepage.ts")).startQueuePage(queue);
}
