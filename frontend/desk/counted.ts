/** How long a note is and how much fits, from where it matters: a text pasted too long is told, not cut. */
const FROM = 0.8;

function told(field: HTMLTextAreaElement): void {
  const place = field.parentElement?.querySelector<HTMLElement>(".counted");
  if (!place) return;
  const most = Number(place.dataset.most);
  const many = [...field.value.trim()].length;
  place.hidden = many < most * FROM;
  place.classList.toggle("over", many > most);
  const shown = new Intl.NumberFormat(document.documentElement.lang || undefined);
  place.textContent = (place.dataset.words ?? "").replace("{many}", shown.format(many)).replace("{most}", shown.format(most));
}

/** Listens for as long as the page is open, whatever parts come into it. */
export function startCounted(): void {
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement && "counted" in event.target.dataset) told(event.target);
  });
}
