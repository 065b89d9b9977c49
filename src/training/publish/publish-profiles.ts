// The new profile index of a run: created empty, filled with profile documents, and deleted again unless the run succeeds.
import { KindredError } from '../../core/errors.js';
import { profileAlias, profileIndexName } from '../../core/profile/profile.js';
import { type EngineClient, MAX_ID_BYTES } from '../../engine/client/client.js';
import { type BulkDocument, type SendBulkOptions, sendBulk } from '../../engine/documents/bulk-sender.js';
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
    // The first error is the one to report; a leftover is replaced by the next run.
    await engine.deleteIndex(index).catch(() => undefined);
    throw error;
  }
}

export interface Published {
  readonly documents: number;
  /** documents left out because their id is too long for the engine */
  readonly skipped: number;
}

/** Writes the documents, leaving out those that no engine can hold. Errors: those of `sendBulk`. */
export async function publishProfiles(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  batches: AsyncIterable<readonly BulkDocument[]>,
  options: SendBulkOptions,
): Promise<Published> {
  let skipped = 0;

  /** A user with a longer id gets no profile, so no boosts. */
  async function* fitting() {
    for await (const batch of batches) {
      const kept = batch.filter(({ id }) => Buffer.byteLength(id) <= MAX_ID_BYTES);
      skipped += batch.length - kept.length;
      yield kept;
    }
  }

  const documents = await sendBulk(engine, index, fitting(), options);
  return { documents, skipped };
}
