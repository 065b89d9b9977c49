// The key in use: held by the tab, or by the browser when asked to; the pages follow its changes.
import { useSyncExternalStore } from 'react';

const NAME = 'kindred-key';

interface Held {
  readonly key: string | null;
  /** why somebody has to sign in again, in words */
  readonly reason: string | null;
}

let held: Held = { key: sessionStorage.getItem(NAME) ?? localStorage.getItem(NAME), reason: null };
const listeners = new Set<() => void>();

function set(next: Held): void {
  held = next;
  for (const tell of listeners) tell();
}

export function currentKey(): string | null {
  return held.key;
}

/** @param keep beyond this tab */
export function signIn(key: string, keep: boolean): void {
  (keep ? localStorage : sessionStorage).setItem(NAME, key);
  set({ key, reason: null });
}

/** Unsaved edits stay: they are nobody's secret, and somebody's work. */
export function signOut(reason: string | null = null): void {
  sessionStorage.removeItem(NAME);
  localStorage.removeItem(NAME);
  set({ key: null, reason });
}

export function useKey(): Held {
  return useSyncExternalStore(subscribe, () => held);
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
