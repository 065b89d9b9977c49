// A search that is left alone for a reason known before it was read: sent as it came.

import type { SkipReason } from '../../core/skip-reason.js';
import { personalizationHeaders } from '../answer/response-headers.js';
import { searchHeader, skipped } from '../answer/x-personalization.js';
import { type Exchange, relay } from './exchange.js';

export async function leaveAlone(exchange: Exchange, body: Buffer, reason: SkipReason): Promise<void> {
  const outcome = skipped(reason);
  const asked = performance.now();
  const headers = () =>
    personalizationHeaders(searchHeader(outcome), [outcome], {
      kindred: 0,
      engine: performance.now() - asked,
    });
  await relay(exchange, { target: exchange.target, body }, { headers });
  exchange.deps.onOutcome?.(outcome, 0);
}
