// The searches of a multi-search, as far as one request may hold them.
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import { type Msearch, splitMsearch } from '../../query/body/msearch-body.js';

/** Each is judged, planned and rewritten: many small ones would cost far more than their bytes. */
export const MOST_SEARCHES = 1_000;

/** @throws KindredError `too-many-searches` (400) */
export function readMsearch(received: Buffer, engine: EngineKind): Msearch {
  const msearch = splitMsearch(received, engine, MOST_SEARCHES + 1);
  if (msearch.items.length <= MOST_SEARCHES) return msearch;
  const message = `a multi-search may hold ${MOST_SEARCHES} searches; send the others in another one`;
  throw new KindredError('too-many-searches', message, { status: 400 });
}
