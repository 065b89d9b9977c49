// The headers Kindred adds to a search answer: what was done, for whom it may be cached, and what it cost.
import { hash } from 'node:crypto';
import type { Outcome } from './x-personalization.js';

/** Everything by which a request may say who is asking, and for what. */
const VARY =
  'Authorization, Cookie, X-User-Token, X-User-Id, X-Client-Id, X-Session-Id, X-Kindred, X-Kindred-Key';
/** No cache between may give the answer to somebody else. */
export const PRIVATE = { 'cache-control': 'private', vary: VARY };
/** The key of answers to searches that were left alone: they are the same for everyone. */
const PLAIN_KEY = 'plain';

/** Times in milliseconds: ours before the engine was asked, the engine's until it began to answer. */
export interface Timing {
  readonly kindred: number;
  readonly engine: number;
}

export function personalizationHeaders(
  value: string,
  outcomes: readonly Outcome[],
  timing: Timing,
): Record<string, string> {
  return {
    'x-personalization': value,
    'server-timing': `kindred;dur=${timing.kindred.toFixed(2)}, engine;dur=${timing.engine.toFixed(2)}`,
    ...PRIVATE,
    'x-kindred-cache-key': sharedKey(outcomes),
  };
}

/** One key for the whole answer: an item that was left alone counts with its place. */
function sharedKey(outcomes: readonly Outcome[]): string {
  if (!outcomes.some(({ applied }) => applied)) return PLAIN_KEY;
  const keys = outcomes.map((outcome) => (outcome.applied ? outcome.cacheKey : ''));
  const [only] = keys;
  if (keys.length === 1 && only) return only;
  return hash('sha256', keys.join(), 'base64url').slice(0, 22);
}
