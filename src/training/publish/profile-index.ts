// The new profile index of a run: made empty, and gone again unless the run succeeds.
import { KindredError } from '../../core/errors.js';
import { profileAlias, profileIndexName } from '../../core/profile/profile.js';
import type { EngineClient } from '../../engine/client/client.js';
import { createProfileIndex } from '../../engine/indices/bootstrap.js';

/**
 * Creates the index, replacing what a killed run left under its name, and fills it; when `fill` rejects the index
 * is deleted. `fill` must leave no writes under way.
 * Errors: `version-active` (409) when the alias serves this very index.
 */
export async function withNewProfileIndex<T>(
  engine: EngineClient,
  modelId: string,
  version: number,
  fill: (index: string) => Promise<T>,
): Promise<T> {
  const index = profileIndexName(modelId, version);
  if ((await engine.aliasTargets(profileAlias(modelId))).includes(index))
    throw new KindredError('version-active', `${index} is being served; train a new version instead`, {
      status: 409,
    });
  await engine.deleteIndex(index);
  await createProfileIndex(engine, index);
  try {
    return await fill(index);
  } catch (error) {
    // What went wrong first is what people need to know; a leftover is replaced by the next run.
    await engine.deleteIndex(index).catch(() => undefined);
    throw error;
  }
}
