// A search that is left alone for a reason known before it was read: sent as it came.
import { personalizationHeaders } from './answer-headers.js';
import { ask, type Exchange, stream } from './exchange.js';
import { type SkipReason, searchHeader, skipped } from './outcome.js';

export async function leaveAlone(exchange: Exchange, body: Buffer, reason: SkipReason): Promise<void> {
  const outcome = skipped(reason);
  const asked = performance.now();
  const answer = await ask(exchange, body);
  exchange.deps.onOutcome?.(outcome);
  const timing = { kindred: 0, engine: performance.now() - asked };
  return stream(exchange, answer, personalizationHeaders(searchHeader(outcome), [outcome], timing));
}
