// Item-to-item: products that the same users (or sessions) had, by the cosine of co-occurrence.
import type { Method, OwnItems, Query } from '../tasks/judged-query.js';

/**
 * score(v) = Σ over own products i of |H_i ∩ H_v| / √(|H_i| · |H_v|), H_v the owners that had v.
 * Summed over owners instead of pairs: Σ_{h ∈ H_v} (Σ_{own i that h had} 1/√|H_i|) / √|H_v| is the same number.
 * @param count how many products there are
 * @param ownOf the products to start from
 */
export function itemToItem(
  owners: readonly OwnItems[],
  count: number,
  ownOf: (query: Query) => readonly number[],
): Method {
  const { start, members } = ownersByItem(owners, count);
  const likeness = new Float64Array(owners.length);
  const of = (item: number) => members.subarray(start[item], start[item + 1]);
  let known: readonly number[] = [];

  /** Fills `likeness` for these products; many queries of a user share the same ones. */
  function compare(own: readonly number[]): void {
    if (own === known) return;
    for (const item of known) for (const owner of of(item)) likeness[owner] = 0;
    for (const item of own) {
      const had = of(item);
      for (const owner of had) likeness[owner] = (likeness[owner] ?? 0) + 1 / Math.sqrt(had.length);
    }
    known = own;
  }

  return {
    name: 'item_to_item',
    score(query) {
      compare(ownOf(query));
      return Float64Array.from(query.candidates, (item) => {
        const had = of(item);
        let sum = 0;
        for (const owner of had) sum += likeness[owner] ?? 0;
        return had.length === 0 ? 0 : sum / Math.sqrt(had.length);
      });
    },
  };
}

/** Owners of item i are `members[start[i]] … members[start[i + 1] − 1]`. */
function ownersByItem(owners: readonly OwnItems[], count: number) {
  const start = new Int32Array(count + 1);
  for (const { items } of owners) for (const item of items) start[item + 1] = (start[item + 1] ?? 0) + 1;
  for (let item = 0; item < count; item++) start[item + 1] = (start[item + 1] ?? 0) + (start[item] ?? 0);
  const next = start.slice();
  const members = new Int32Array(start[count] ?? 0);
  for (const [owner, { items }] of owners.entries())
    for (const item of items) {
      const place = next[item] ?? 0;
      members[place] = owner;
      next[item] = place + 1;
    }
  return { start, members };
}
