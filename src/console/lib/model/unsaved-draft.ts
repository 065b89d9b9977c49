// Unsaved edits of a model, kept in the tab's `sessionStorage`: they survive a reload, a sign-out and an API that is down.
import type { Model } from '../../../core/model/model.js';
import { sameConfig } from './model-config.js';

export interface Draft {
  /** what the edits began from, with its ETag, by which the server notices that somebody else saved in between */
  readonly base: Model;
  readonly etag: string;
  readonly config: Model;
  /** of the last edit, ISO 8601 */
  readonly at: string;
}

/** The part of the browser's `Storage` that is used. */
export interface DraftStore {
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
  removeItem(name: string): void;
}

/** Null where there is none, or none that can be read. */
export function readDraft(store: DraftStore, modelId: string): Draft | null {
  try {
    const draft: Draft | null = JSON.parse(store.getItem(nameOf(modelId)) ?? 'null');
    const whole = draft?.base.id === modelId && draft.config.id === modelId && typeof draft.etag === 'string';
    return whole ? draft : null;
  } catch {
    return null;
  }
}

/** The draft, where it changes anything. */
export function readEdits(store: DraftStore, modelId: string): Draft | null {
  const draft = readDraft(store, modelId);
  return draft && !sameConfig(draft.base, draft.config) ? draft : null;
}

export function writeDraft(store: DraftStore, modelId: string, draft: Draft): void {
  try {
    store.setItem(nameOf(modelId), JSON.stringify(draft));
  } catch {
    // The store is full or forbidden: the edits are kept by the page alone.
  }
}

export function dropDraft(store: DraftStore, modelId: string): void {
  store.removeItem(nameOf(modelId));
}

function nameOf(modelId: string): string {
  return `kindred-draft-${modelId}`;
}
