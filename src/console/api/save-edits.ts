// Saves the edits of a model, from whatever page: with the ETag they began from, or a newer one where only its state changed.
import type { ModelView } from '../../contract/model.js';
import { configOf, sameConfig } from '../lib/model/model-config.js';
import { type Draft, dropDraft } from '../lib/model/unsaved-draft.js';
import { readModel, replaceModel } from './models.js';
import { ApiError, type ApiResponse } from './request.js';

export type Edits = Pick<Draft, 'base' | 'config' | 'etag'>;

/** @returns what somebody else saved meanwhile, when nothing was saved; null when it was */
export async function saveEdits({ base, config, etag }: Edits): Promise<ApiResponse<ModelView> | null> {
  try {
    await replaceModel(config, etag);
    dropDraft(sessionStorage, config.id);
    return null;
  } catch (problem) {
    if (!(problem instanceof ApiError && problem.status === 412)) throw problem;
    const now = await readModel(config.id);
    // Only its state changed, by a training or by going live.
    if (sameConfig(configOf(now.data), base)) return saveEdits({ base, config, etag: now.etag });
    return now;
  }
}
