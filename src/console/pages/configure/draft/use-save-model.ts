// Saves the edits of a model: refused places become findings, somebody else's save in between a choice to make.
import { useCallback, useState } from 'react';
import type { Finding } from '../../../../core/errors.js';
import { readModel, replaceModel } from '../../../api/models.js';
import { queryClient, refreshModels } from '../../../api/query-client.js';
import { type Answer, ApiError } from '../../../api/request.js';
import type { ModelView } from '../../../api/types.js';
import { notifyDone } from '../../../components/feedback/notify.js';
import { withoutUnder } from '../../../lib/model/findings.js';
import { configOf } from '../../../lib/model/model-config.js';
import { sameConfig } from '../../../lib/model/unsaved-draft.js';
import type { ModelDraft } from './use-model-draft.js';

export interface Saving {
  readonly running: boolean;
  /** why nothing was saved; null when it was, or has not been tried */
  readonly error: unknown;
  readonly findings: readonly Finding[];
  /** what somebody else saved meanwhile, to choose between */
  readonly theirs: Answer<ModelView> | null;
  save(): Promise<void>;
  /** Overwrites what they saved. */
  keepMine(): Promise<void>;
  takeTheirs(): void;
  decideLater(): void;
  /** Findings about a setting that was edited since are about something else now. */
  readonly forget: (path: string) => void;
}

export function useSaveModel(draft: ModelDraft | null): Saving {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const [theirs, setTheirs] = useState<Answer<ModelView> | null>(null);

  async function put(mine: ModelDraft, etag: string): Promise<void> {
    const { base, config, drop } = mine;
    try {
      await replaceModel(config, etag);
    } catch (problem) {
      if (!(problem instanceof ApiError && problem.status === 412)) throw problem;
      const now = await readModel(config.id);
      // Only its state moved on, by a training or an activation.
      if (sameConfig(configOf(now.data), base)) return put(mine, now.etag);
      setTheirs(now);
      return;
    }
    drop();
    setTheirs(null);
    notifyDone(`${config.name} is saved`, 'Train it to bring the changes into effect.');
    await refreshModels();
  }

  async function attempt(etag: string | undefined): Promise<void> {
    if (!draft || etag === undefined) return;
    setRunning(true);
    setError(null);
    setFindings([]);
    try {
      await put(draft, etag);
    } catch (problem) {
      setError(problem);
      setFindings(findingsOf(problem));
      setTheirs(null);
    } finally {
      setRunning(false);
    }
  }

  const forget = useCallback((path: string) => setFindings((all) => withoutUnder(all, path)), []);

  return {
    running,
    error: stillTrue(error, findings),
    findings,
    theirs,
    forget,
    save: () => attempt(draft?.etag),
    keepMine: () => attempt(theirs?.etag),
    takeTheirs() {
      if (theirs) queryClient.setQueryData(['model', theirs.data.id], theirs);
      draft?.drop();
      setTheirs(null);
    },
    decideLater: () => setTheirs(null),
  };
}

/** Of an error about places only those count that were not edited since. */
function stillTrue(error: unknown, findings: readonly Finding[]): unknown {
  if (findingsOf(error).length === 0 || !(error instanceof ApiError)) return error;
  return findings.length > 0 ? new ApiError(error.status, error.code, error.message, findings) : null;
}

function findingsOf(problem: unknown): readonly Finding[] {
  if (!(problem instanceof ApiError)) return [];
  // Its one place is the name, though the rule spans all models.
  if (problem.code === 'name-taken') return [{ path: 'name', message: problem.message }];
  return problem.errors;
}
