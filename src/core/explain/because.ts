// A hit's place in one sentence that begins with "Because", and each of its reasons in words.
import { formatCount } from '../format-count.js';
import type { Contrast, Evidence, Reason } from './contrast.js';

/** Reasons in a sentence. */
const MAX_REASONS = 2;
/** Weaker reasons are told only where all are asked for. */
const WORTH_TELLING = Math.log(1.02);

export interface MovedHit extends Contrast {
  /** from 1 */
  readonly rank: number;
  /** null: behind the first 500 */
  readonly rankWithout: number | null;
}

/** Why a hit stands where it stands, against the others of its list: `Because they bought it before (17 purchases).` */
export function because({ rank, rankWithout, relative, reasons }: MovedHit): string {
  const up = rankWithout === null || rank < rankWithout;
  const down = rankWithout !== null && rank > rankWithout;
  const told = (raised: boolean) =>
    reasons
      .filter(({ factor }) => Math.abs(Math.log(factor)) >= WORTH_TELLING && factor > 1 === raised)
      .slice(0, MAX_REASONS)
      .map(reasonWords)
      .join(', and ');
  const [raises, lowers] = [told(true), told(false)];
  if (up && relative < 1) return 'Because the products that it passed get even less than it does.';
  if (down && relative > 1) return 'Because the products that passed it get even more than it does.';
  if (!up && !down && (raises || lowers))
    return `Because what speaks ${relative >= 1 ? 'for' : 'against'} it (${(relative >= 1 ? raises : lowers) || 'small things'}) is too little to move it here.`;
  const clause = up ? raises : lowers;
  if (clause) return `Because ${clause}.`;
  return 'Because it gets about as much as the others of this list.';
}

/** One reason against the average of the list, as a clause: `they take brand Acme more than others do (17 purchases)`. */
export function reasonWords(reason: Reason): string {
  const { cause, factor, own, evidence } = reason;
  const counted = evidence && own !== 1 ? ` (${evidenceWords(evidence)})` : '';
  const raised = factor > 1;
  switch (cause) {
    case 'named':
      return raised ? 'the search names it' : 'the search names another product';
    case 'limit':
      return raised ? 'the limit on boosts takes less from it' : 'all its boosts together reach the limit';
    case 'buy_again':
      if (own === 1) return 'they did not choose it before, as they did others here';
      return raised
        ? `they ${evidence && evidence.of !== 'purchase' ? 'chose' : 'bought'} it before${counted}`
        : `they chose others here more${counted}`;
    case 'related':
      if (own === 1) return 'it does not go with what they did, as others here do';
      return raised ? 'it goes with what they did' : 'others here go better with what they did';
    case 'field':
      return fieldWords(reason) + counted;
  }
}

function fieldWords({ field = '', value = '', profile, factor, own }: Reason): string {
  const what = `${field} ${value}`;
  if (own === 1)
    return factor > 1
      ? `its ${field} does not lower it, as it lowers others here`
      : `nothing speaks for its ${field}, as it does for others here`;
  if (factor > 1 && own < 1) return `${what} lowers it less than others here are lowered`;
  if (factor < 1 && own > 1) return `${what} raises it less than others here are raised`;
  const more = factor > 1;
  if (profile === 'session')
    return more ? `${what} is what they look at now` : `${what} is not what they look at now`;
  const who = profile === 'group' ? 'shoppers like them' : 'they';
  return `${who} take ${what} ${more ? 'more' : 'less'} than others do`;
}

/** `17 purchases`, `of 312 shoppers like them`. */
export function evidenceWords({ count, of }: Evidence): string {
  if (of === 'shopper') return `of ${formatCount(count, 'shopper')} like them`;
  return formatCount(count, of.replaceAll('_', ' '));
}
