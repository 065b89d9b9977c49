// What a search at the proxy showed, and how it is looked at.
import type { Affinity } from '../../demo/shop-client.js';

/** What a search showed. */
export interface Seen {
  /** `X-Personalization` */
  readonly outcome: string;
  readonly plan: readonly Affinity[];
  /** affinities that moved a product on the list */
  readonly moved: readonly Affinity[];
  readonly ids: readonly string[];
  readonly plain: readonly string[];
}

/** The strongest factor of a field, whichever way it moves. */
export function strength(affinities: readonly Affinity[], field: string): number {
  return Math.max(
    0,
    ...affinities.filter((each) => each.field === field).map(({ factor }) => Math.abs(Math.log(factor))),
  );
}
/** Without products that are raised by themselves. */
export const fieldsOf = (affinities: readonly Affinity[]) =>
  new Set(affinities.filter(({ product }) => product === undefined).map(({ field }) => field));
