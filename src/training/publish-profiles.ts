// Writes documents into the new profile index: several bulk requests in flight, none left when it returns.
import { KindredError } from '../core/errors.js';
import { type BulkItem, type EngineClient, MAX_ID_BYTES } from '../engine/client.js';

/** Bulk requests at once: enough to keep an engine busy while the next documents are made. */
const IN_FLIGHT = 3;
/** UTF-16 units of JSON in one bulk request. */
const BULK_LENGTH = 4_000_000;

export interface Published {
  readonly documents: number;
  /** documents left out because their id is too long for the engine */
  readonly skipped: number;
}

/**
 * Resolves or rejects only when no request is under way any more, so that a deleted index stays deleted.
 * Errors: `publish-failed` (502) with the engine's first reason, and the engine's own.
 */
export async function publishProfiles(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  batches: AsyncIterable<readonly BulkItem[]>,
  options: { readonly signal?: AbortSignal; readonly onDocuments?: (documents: number) => void } = {},
): Promise<Published> {
  const flying = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let documents = 0;
  let skipped = 0;

  async function send(items: readonly BulkItem[]): Promise<void> {
    try {
      const [failed] = await engine.bulk(index, items);
      if (failed)
        throw new KindredError('publish-failed', `profile "${failed.id}" was refused: ${failed.reason}`, {
          status: 502,
        });
      documents += items.length;
      options.onDocuments?.(documents);
    } catch (error) {
      failures.push(error);
    }
  }

  async function fly(items: readonly BulkItem[]): Promise<void> {
    if (flying.size >= IN_FLIGHT) await Promise.race(flying);
    stopOnFailure();
    const sent = send(items).finally(() => flying.delete(sent));
    flying.add(sent);
  }

  function stopOnFailure(): void {
    options.signal?.throwIfAborted();
    if (failures.length > 0) throw failures[0];
  }

  try {
    for await (const items of batches) {
      // A person with a longer id gets no profile, so no boosts.
      const fitting = items.filter(({ id }) => Buffer.byteLength(id) <= MAX_ID_BYTES);
      skipped += items.length - fitting.length;
      for (const part of parts(fitting)) await fly(part);
    }
  } finally {
    await Promise.all(flying);
  }
  stopOnFailure();
  return { documents, skipped };
}

/** Runs of items of about one bulk request each. */
function* parts(items: readonly BulkItem[]): Generator<BulkItem[]> {
  let part: BulkItem[] = [];
  let length = 0;
  for (const item of items) {
    part.push(item);
    length += String(item.document).length;
    if (length < BULK_LENGTH) continue;
    yield part;
    part = [];
    length = 0;
  }
  if (part.length > 0) yield part;
}
