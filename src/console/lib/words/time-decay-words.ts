// The windows of time decay in words, with the age at which an event is worth half (docs/model/time-decay.md).
import type { TimeDecay } from '../../../core/model/model.js';

export const TIME_DECAY_WORDS: Readonly<
  Record<TimeDecay, { readonly window: string; readonly half: string }>
> = {
  '7d': { window: 'Last 7 days', half: '5 days' },
  '14d': { window: 'Last 14 days', half: '9 days' },
  '30d': { window: 'Last 30 days', half: '20 days' },
  '60d': { window: 'Last 60 days', half: '40 days' },
  '90d': { window: 'Last 90 days', half: '60 days' },
  '180d': { window: 'Last 180 days', half: '120 days' },
  '365d': { window: 'Last 365 days', half: '243 days' },
  all: { window: 'Everything', half: '120 days' },
};

export function isTimeDecay(text: string | null): text is TimeDecay {
  return text !== null && text in TIME_DECAY_WORDS;
}
