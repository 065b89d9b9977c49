// Sends a stream of documents: bulk requests of bounded size, several in flight, with retries while the engine is busy.
import { setTimeout as sleep } from 'node:timers/promises';
import { KindredError } from '../../core/errors.js';
import type { BulkItem, EngineClient } from '../client/client.js';

/** Characters in one request: large enough to be efficient, small enough for any engine. */
const REQUEST_SIZE = 2_000_000;
const MAX_IN_FLIGHT = 3;
const TOO_MANY_REQUESTS = 429;
const MAX_ATTEMPTS = 8;

/** A bulk item whose document is JSON text already. */
export type BulkDocument = BulkItem & { readonly document: string };

export interface SendBulkOptions {
  /** called with the number of documents stored so far */
  readonly onSent?: (documents: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Sends every document; memory stays bounded by the requests in flight. Resolves or rejects only when no request is in
 * flight any more, so that an index deleted afterwards stays deleted.
 * @returns how many were sent
 * Errors: KindredError `document-refused` (502) with the engine's reason, the signal's, and the engine's own.
 */
export async function sendBulk(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  documents: AsyncIterable<readonly BulkDocument[]>,
  { onSent, signal }: SendBulkOptions = {},
): Promise<number> {
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  const send = async (items: readonly BulkDocument[]) => {
    await sendAll(engine, index, items);
    sent += items.length;
    onSent?.(sent);
  };
  try {
    for await (const items of requests(documents)) {
      signal?.throwIfAborted();
      const request = send(items).finally(() => inFlight.delete(request));
      inFlight.add(request);
      if (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight);
    }
    await Promise.all(inFlight);
    return sent;
  } finally {
    await Promise.allSettled(inFlight);
  }
}

async function* requests(documents: AsyncIterable<readonly BulkDocument[]>): AsyncGenerator<BulkDocument[]> {
  let items: BulkDocument[] = [];
  let size = 0;
  for await (const batch of documents)
    for (const item of batch) {
      items.push(item);
      size += item.document.length + item.id.length;
      if (size < REQUEST_SIZE) continue;
      yield items;
      items = [];
      size = 0;
    }
  if (items.length > 0) yield items;
}

/** Documents that the engine refused because it is busy are sent again, after a longer pause each time. */
async function sendAll(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  all: readonly BulkDocument[],
): Promise<void> {
  let items = all;
  for (let attempt = 1; ; attempt++) {
    const failures = await engine.bulk(index, items);
    const refused = failures.find(({ status }) => status !== TOO_MANY_REQUESTS || attempt === MAX_ATTEMPTS);
    if (refused) {
      const message = `index ${index} refused document "${refused.id}": ${refused.reason}`;
      throw new KindredError('document-refused', message, { status: 502 });
    }
    if (failures.length === 0) return;
    const busy = new Set(failures.map(({ id }) => id));
    items = items.filter(({ id }) => busy.has(id));
    await sleep(100 * 2 ** attempt);
  }
}
