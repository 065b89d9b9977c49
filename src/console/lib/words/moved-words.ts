// Where a product went when a cause was switched off in the preview, in words.

/** Fewer places than that are hardly a move. */
const HARDLY = 2;

export interface MovedWithout {
  /** ranks from 1 */
  readonly before: number;
  /** null: behind all that was looked at */
  readonly after: number | null;
  /** how many were looked at */
  readonly lookedAt: number;
  /** the cause raised it over the others of its list */
  readonly raised: boolean;
}

/** `was 21, now 31: …`. What is switched off is off for every product, so the others move, too. */
export function movedWithoutWords({ before, after, lookedAt, raised }: MovedWithout): string {
  const now = after === null ? `behind the first ${lookedAt}` : `at ${after}`;
  const fell = after === null ? lookedAt - before + 1 : after - before;
  const where = fell === 0 ? `still at ${before}` : `was at ${before}, now ${now}`;
  if (Math.abs(fell) < HARDLY) return `${where}: this reason alone hardly moves it, other reasons remain.`;
  const asTold = raised === fell > 0;
  return asTold ? `${where}.` : `${where}: it is left out for every product, and others gained more by that.`;
}
