// The admin key in use, stored by the tab or, on request, by the browser; pages follow its changes.
import { useSyncExternalStore } from 'react';

const NAME = 'kindred-key';

interface SignedIn {
  readonly key: string | null;
  /** why somebody has to sign in again, in words */
  readonly reason: string | null;
}

let current: SignedIn = { key: sessionStorage.getItem(NAME) ?? localStorage.getItem(NAME), reason: null };
const listeners = new Set<() => void>();

function set(next: SignedIn): void {
  current = next;
  for (const listener of listeners) listener();
}

export function currentKey(): string | null {
  return current.key;
}

/** @param keep beyond this tab */
export function signIn(key: string, keep: boolean): void {
  (keep ? localStorage : sessionStorage).setItem(NAME, key);
  set({ key, reason: null });
}

/** Keeps unsaved edits of models, which are no secret and would be lost. */
export function signOut(reason: string | null = null): void {
  sessionStorage.removeItem(NAME);
  localStorage.removeItem(NAME);
  set({ key: null, reason });
}

export function useKey(): SignedIn {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
