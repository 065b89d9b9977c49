// How much two lists of products differ, where the first places count most.

/** The weight of a place, from 0: as in NDCG. */
const weight = (place: number) => 1 / Math.log2(place + 2);
const FIRST = 10;

export interface ListChange {
  /** 0: the same; 1: no product in both */
  readonly change: number;
  /** products among the first 10 that were not there before */
  readonly others: number;
}

/** @param before ids of products in their order, each once */
export function listChange(before: readonly string[], after: readonly string[]): ListChange {
  const weightIn = (list: readonly string[], id: string) => {
    const place = list.indexOf(id);
    return place < 0 ? 0 : weight(place);
  };
  const sum = (list: readonly string[]) => list.reduce((total, _, place) => total + weight(place), 0);
  const all = sum(before) + sum(after);
  const moved = [...new Set([...before, ...after])].reduce(
    (total, id) => total + Math.abs(weightIn(before, id) - weightIn(after, id)),
    0,
  );
  const first = new Set(before.slice(0, FIRST));
  return {
    change: all > 0 ? Math.min(1, moved / all) : 0,
    others: after.slice(0, FIRST).filter((id) => !first.has(id)).length,
  };
}
