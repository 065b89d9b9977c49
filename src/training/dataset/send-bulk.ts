// Rows into an index: bulk requests of bounded size, several in flight, busy engines waited for.
import { setTimeout as sleep } from 'node:timers/promises';
import { KindredError } from '../../core/errors.js';
import type { BulkItem, EngineClient } from '../../engine/client.js';

/** Characters in one request: large enough to be efficient, small enough for any engine. */
const REQUEST_SIZE = 2_000_000;
const IN_FLIGHT = 3;
const TOO_MANY_REQUESTS = 429;
const ATTEMPTS = 8;

/** An id and its document as JSON. */
export type DocumentRow = readonly [id: string, document: string];

/**
 * Indexes every row under its id; memory stays bounded by the requests in flight.
 * @param onSent told how many documents were stored so far
 * @returns how many there were
 * Errors: KindredError `load-refused` (502) with the engine's reason, and the engine's own.
 */
export async function sendBulk(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  rows: AsyncIterable<readonly DocumentRow[]>,
  onSent: (documents: number) => void,
): Promise<number> {
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  const send = async (items: BulkItem[]) => {
    await indexAll(engine, index, items);
    sent += items.length;
    onSent(sent);
  };
  try {
    for await (const items of requests(rows)) {
      const request = send(items).finally(() => inFlight.delete(request));
      inFlight.add(request);
      if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
    }
    await Promise.all(inFlight);
    return sent;
  } finally {
    await Promise.allSettled(inFlight);
  }
}

async function* requests(rows: AsyncIterable<readonly DocumentRow[]>): AsyncGenerator<BulkItem[]> {
  let items: BulkItem[] = [];
  let size = 0;
  for await (const batch of rows)
    for (const [id, document] of batch) {
      items.push({ action: 'index', id, document });
      size += document.length + id.length;
      if (size < REQUEST_SIZE) continue;
      yield items;
      items = [];
      size = 0;
    }
  if (items.length > 0) yield items;
}

/** Documents an engine had no room for are sent again, later each time. */
async function indexAll(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  all: readonly BulkItem[],
): Promise<void> {
  let items = all;
  for (let attempt = 1; ; attempt++) {
    const failures = await engine.bulk(index, items);
    const refused = failures.find(({ status }) => status !== TOO_MANY_REQUESTS || attempt === ATTEMPTS);
    if (refused)
      throw new KindredError(
        'load-refused',
        `index ${index} refused a document of the dataset: ${refused.reason}`,
        {
          status: 502,
        },
      );
    if (failures.length === 0) return;
    const busy = new Set(failures.map(({ id }) => id));
    items = items.filter(({ id }) => busy.has(id));
    await sleep(100 * 2 ** attempt);
  }
}
