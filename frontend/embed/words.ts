/** The one word that the site's page needs of us, in the languages of the booking pages. */
const CLOSE: Record<string, string> = { en: "Close", ro: "Închide", ru: "Закрыть", it: "Chiudi", fi: "Sulje" };

/** "Close" in the link's language, else the page's. */
export function closing(link: HTMLAnchorElement): string {
  const named = new URL(link.href).searchParams.get("lang") || link.lang || document.documentElement.lang;
  return CLOSE[named.slice(0, 2).toLowerCase()] ?? "Close";
}
