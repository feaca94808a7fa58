/** The day journal: starts only on the page that carries its data. */
export async function start(): Promise<void> {
  if (document.getElementById("pick")) (await import("./navigation.ts")).startNavigation();
  if (document.getElementById("agenda")) (await import("./agenda.ts")).startAgenda();
  if (document.getElementById("desk-journal")) (await import("./journal.ts")).startJournal();
  if (document.getElementById("desk-then")) (await import("./then.ts")).startThen();
}
