// Alerts that somebody has put away in this browser, by their id: the same alert, firing again, is shown again.

/** The part of the browser's `Storage` that is used. */
export interface DismissedStore {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
}

const NAME = 'kindred-dismissed-alerts';
const MAX_KEPT = 100;

/** Empty where there are none, or none that can be read. */
export function readDismissed(store: DismissedStore): readonly string[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(NAME) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** @returns all that are dismissed now */
export function dismiss(store: DismissedStore, id: string): readonly string[] {
  const kept = [...readDismissed(store).filter((each) => each !== id), id].slice(-MAX_KEPT);
  try {
    store.setItem(NAME, JSON.stringify(kept));
  } catch {
    // The store is full or forbidden: it is dismissed until the page is loaded again.
  }
  return kept;
}
