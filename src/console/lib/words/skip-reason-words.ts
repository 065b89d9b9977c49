// Why a search was not personalized, in words.
import type { SkipReason } from '../../../core/skip-reason.js';

const WORDS: Readonly<Record<SkipReason, string>> = {
  off: 'the impact is 0',
  'no-model': 'no model is trained yet',
  'no-identity': 'nobody is known to be searching',
  'no-profile': 'nothing is known that would move these products',
  'not-scored': 'this search is not ranked by score',
  unsupported: 'this search cannot be personalized',
  'profile-timeout': 'the profiles came too late',
  'profile-error': 'the profiles could not be read',
  'rewrite-rejected': 'the engine refused the boosts, and was asked again without them',
};

const WORDS_BY_REASON: ReadonlyMap<string, string> = new Map(Object.entries(WORDS));

/** @param reason of `X-Personalization`; one of a newer proxy stands for itself */
export function skipReasonWords(reason: string): string {
  return WORDS_BY_REASON.get(reason) ?? reason;
}
