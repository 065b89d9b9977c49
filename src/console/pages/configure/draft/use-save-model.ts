// Saves the edits of a model. A refusal (422) becomes findings by setting; a 412 asks which of the two edits to keep.
import { useCallback, useState } from 'react';
import type { ModelView } from '../../../../contract/model.js';
import type { Finding } from '../../../../core/errors.js';
import { queryClient, refreshModels } from '../../../api/query-client.js';
import { ApiError, type ApiResponse } from '../../../api/request.js';
import { saveEdits } from '../../../api/save-edits.js';
import { notifyDone } from '../../../components/feedback/notify.js';
import { withoutUnder } from '../../../lib/model/findings.js';
import type { ModelDraft } from './use-model-draft.js';

export interface Saving {
  readonly running: boolean;
  /** why nothing was saved; null when it was, or has not been tried */
  readonly error: unknown;
  readonly findings: readonly Finding[];
  /** what somebody else saved meanwhile; null without a conflict */
  readonly theirs: ApiResponse<ModelView> | null;
  /** @returns whether it was saved */
  save(): Promise<boolean>;
  /** Overwrites what somebody else saved. */
  keepMine(): Promise<boolean>;
  takeTheirs(): void;
  /** Closes the choice without saving. */
  decideLater(): void;
  /** Drops the findings about a setting, which was edited. */
  readonly forget: (path: string) => void;
}

export function useSaveModel(draft: ModelDraft | null): Saving {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const [theirs, setTheirs] = useState<ApiResponse<ModelView> | null>(null);

  async function put(mine: ModelDraft, etag: string): Promise<boolean> {
    const { base, config, drop } = mine;
    const now = await saveEdits({ base, config, etag });
    setTheirs(now);
    if (now) return false;
    drop();
    notifyDone(`${config.name} is saved as a draft`);
    await refreshModels();
    return true;
  }

  async function attempt(etag: string | undefined): Promise<boolean> {
    if (!draft || etag === undefined) return false;
    setRunning(true);
    setError(null);
    setFindings([]);
    try {
      return await put(draft, etag);
    } catch (problem) {
      setError(problem);
      setFindings(findingsOf(problem));
      setTheirs(null);
      return false;
    } finally {
      setRunning(false);
    }
  }

  const forget = useCallback((path: string) => setFindings((all) => withoutUnder(all, path)), []);

  return {
    running,
    error: withRemaining(error, findings),
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

/** An error with findings keeps those about settings that were not edited since, and is gone without any. */
function withRemaining(error: unknown, findings: readonly Finding[]): unknown {
  if (findingsOf(error).length === 0 || !(error instanceof ApiError)) return error;
  return findings.length > 0 ? new ApiError(error.status, error.code, error.message, findings) : null;
}

function findingsOf(problem: unknown): readonly Finding[] {
  if (!(problem instanceof ApiError)) return [];
  // The rule spans all models, so the server names no path.
  if (problem.code === 'name-taken') return [{ path: 'name', message: problem.message }];
  return problem.errors;
}
