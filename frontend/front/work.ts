/**
 * Finds the number that a puzzle asks for, so that a visitor who asks for several codes need not wait.
 * Where nothing else is to be typed the form then goes on by itself. Where the browser has no SubtleCrypto (no https) nothing happens: waiting does it too.
 */
async function solve(note: string, bits: number): Promise<string> {
  const text = new TextEncoder();
  for (let number = 0; ; number++) {
    const found = await crypto.subtle.digest("SHA-256", text.encode(`${note}:${number}`));
    if (new DataView(found).getUint32(0) >>> (32 - bits) === 0) return String(number);
  }
}

async function work(box: HTMLElement): Promise<void> {
  const answer = box.querySelector<HTMLInputElement>("[name=answer]");
  const done = box.querySelector<HTMLElement>("[data-work-done]");
  const wait = box.querySelector<HTMLElement>("[data-work-wait]");
  if (!answer || !done || !wait) return;
  answer.value = await solve(box.dataset.work ?? "", Number(box.dataset.bits));
  wait.hidden = true;
  done.hidden = false;
  box.closest("form")?.querySelector<HTMLButtonElement>("[data-work-go]")?.click();
}

/** Begins on every `[data-work]` below `root`. */
export function startWork(root: ParentNode): void {
  if (!globalThis.crypto?.subtle) return;
  for (const box of root.querySelectorAll<HTMLElement>("[data-work]")) void work(box);
}
