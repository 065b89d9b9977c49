// The state of a model being edited: the edits and what they began from, both kept in the tab's `sessionStorage`.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ModelView } from '../../../../contract/model.js';
import type { Model } from '../../../../core/model/model.js';
import { type ModelChange, modelChanges } from '../../../../core/model/model-changes.js';
import type { ApiResponse } from '../../../api/request.js';
import { configOf, sameConfig } from '../../../lib/model/model-config.js';
import { type Draft, dropDraft, readDraft, writeDraft } from '../../../lib/model/unsaved-draft.js';

export type Update = (edit: (config: Model) => Model) => void;

export interface ModelDraft {
  /** as it is on screen */
  readonly config: Model;
  readonly base: Model;
  /** to save with: of what the edits began from */
  readonly etag: string;
  readonly edited: boolean;
  readonly changes: readonly ModelChange[];
  /** time of the edits that were restored when the page opened, ISO 8601 */
  readonly restored: string | null;
  /** changes when the edits are dropped: a React key that resets the sections */
  readonly generation: number;
  readonly update: Update;
  /** Drops the edits and shows the saved model. */
  readonly drop: () => void;
}

/** @param server the saved model; undefined while it is being read, or when it cannot be: unsaved edits are shown nevertheless */
export function useModelDraft(id: string, server: ApiResponse<ModelView> | undefined): ModelDraft | null {
  const [draft, setDraft] = useState<Draft | null>(() => readDraft(sessionStorage, id));
  const [restored, setRestored] = useState(draft?.at ?? null);
  const [generation, setGeneration] = useState(0);
  const latest = useRef(server);
  latest.current = server;

  useEffect(() => {
    if (draft) writeDraft(sessionStorage, id, draft);
    else dropDraft(sessionStorage, id);
  }, [draft, id]);

  const update = useCallback<Update>((edit) => {
    setDraft((current) => {
      const from = current ?? begin(latest.current);
      return from && { ...from, config: edit(from.config), at: new Date().toISOString() };
    });
  }, []);

  const drop = useCallback(() => {
    setDraft(null);
    setRestored(null);
    setGeneration((count) => count + 1);
  }, []);

  const shown = draft ?? begin(server);
  if (!shown) return null;
  // A training changes the model's ETag without changing its configuration.
  const untouched = server && sameConfig(configOf(server.data), shown.base);
  return {
    config: shown.config,
    base: shown.base,
    etag: untouched ? server.etag : shown.etag,
    edited: !sameConfig(shown.base, shown.config),
    changes: modelChanges(shown.base, shown.config),
    restored,
    generation,
    update,
    drop,
  };
}

function begin(server: ApiResponse<ModelView> | undefined): Draft | null {
  if (!server) return null;
  const base = configOf(server.data);
  return { base, etag: server.etag, config: base, at: '' };
}
