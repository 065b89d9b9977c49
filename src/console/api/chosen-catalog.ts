// The catalog that the console is about, kept by the browser: the server's first one until another is chosen.
const NAME = 'kindred-catalog';
/** What each catalog has its own of, or a user's part in it. */
const OF_A_CATALOG = /^\/(settings|models|readiness|people|events\/example|users\/[^/?]+)(\?|$)/;

let chosen = localStorage.getItem(NAME);

/** Null: the first one. */
export function chosenCatalog(): string | null {
  return chosen;
}

/** @param name null for the first one */
export function chooseCatalog(name: string | null): void {
  chosen = name;
  if (name === null) localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, name);
}

/** @param path under `/api` */
export function ofChosenCatalog(path: string): string {
  if (chosen === null || !OF_A_CATALOG.test(path)) return path;
  return `${path}${path.includes('?') ? '&' : '?'}catalog=${encodeURIComponent(chosen)}`;
}
