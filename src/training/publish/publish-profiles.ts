// Writes profile documents into the new profile index, leaving out those that no engine can hold.
import { type EngineClient, MAX_ID_BYTES } from '../../engine/client/client.js';
import { type BulkDocument, type SendBulkOptions, sendBulk } from '../../engine/documents/bulk-sender.js';

export interface Published {
  readonly documents: number;
  /** documents left out because their id is too long for the engine */
  readonly skipped: number;
}

/** Errors: those of `sendBulk`. */
export async function publishProfiles(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  batches: AsyncIterable<readonly BulkDocument[]>,
  options: SendBulkOptions,
): Promise<Published> {
  let skipped = 0;

  /** A person with a longer id gets no profile, so no boosts. */
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
