// Unsaved edits of a model, kept by the browser: a reload, a sign-out and an API that is down lose none of them.
import type { Model } from '../../../core/model/model.js';

export interface Draft {
  /** what the edits began from, and its ETag: a save by somebody else in between is noticed by it */
  readonly base: Model;
  readonly etag: string;
  readonly config: Model;
  /** of the last edit, ISO 8601 */
  readonly at: string;
}

/** What is used of the browser's `Storage`. */
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

export function writeDraft(store: DraftStore, modelId: string, draft: Draft): void {
  try {
    store.setItem(nameOf(modelId), JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the edits live on in the page alone.
  }
}

export function dropDraft(store: DraftStore, modelId: string): void {
  store.removeItem(nameOf(modelId));
}

function nameOf(modelId: string): string {
  return `kindred-draft-${modelId}`;
}

/** Whether two configurations are the same to the letter; both come from `configOf`, with keys in one order. */
export function sameConfig(one: Model, other: Model): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
