// Adds up what methods reached, person by person, and turns it into means with intervals.

import type { Evaluation, LabelSet, MethodResult } from '../evaluation.js';
import { bootstrapMeans, interval } from './bootstrap.js';
import type { Metrics } from './metrics.js';

const KEYS = ['ndcg10', 'mrr', 'hit10'] as const satisfies readonly (keyof Metrics)[];

interface PersonSums extends Record<keyof Metrics, number> {
  queries: number;
}

export interface Tally {
  add(set: LabelSet, method: string, person: string, metrics: Metrics): void;
  /** `off` must be among the methods. */
  results(): Evaluation['sets'];
  /** People with queries in a set. */
  people(set: LabelSet): number;
  /** How far NDCG@10 of one method is above another's, with its 95 % interval, people paired. */
  difference(
    set: LabelSet,
    method: string,
    other: string,
  ): { readonly mean: number; readonly ci95: [number, number] };
}

/** Every method must add the same queries to a set, or differences would not be paired. */
export function createTally(): Tally {
  const sets = new Map<LabelSet, Map<string, Map<string, PersonSums>>>();

  function add(set: LabelSet, method: string, person: string, metrics: Metrics): void {
    const methods = getOr(sets, set, () => new Map<string, Map<string, PersonSums>>());
    const people = getOr(methods, method, () => new Map<string, PersonSums>());
    const sums = getOr(people, person, () => ({ queries: 0, ndcg10: 0, mrr: 0, hit10: 0 }));
    sums.queries++;
    for (const key of KEYS) sums[key] += metrics[key];
  }

  const ndcgOf = (set: LabelSet, method: string) => perPerson(sets.get(set)?.get(method) ?? new Map());

  return {
    add,
    results: () => Object.fromEntries([...sets].map(([set, methods]) => [set, setResult(methods)])),
    people: (set) => [...(sets.get(set)?.values() ?? [])][0]?.size ?? 0,
    difference(set, method, other) {
      const others = ndcgOf(set, other);
      const differences = ndcgOf(set, method).map((value, person) => value - (others[person] ?? 0));
      const [draws = []] = bootstrapMeans([differences]);
      const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
      return { mean, ci95: interval(draws) };
    },
  };
}

/** NDCG@10 of each person. */
function perPerson(people: ReadonlyMap<string, PersonSums>): Float64Array {
  return Float64Array.from(people.values(), ({ ndcg10, queries }) => ndcg10 / queries);
}

function setResult(methods: ReadonlyMap<string, ReadonlyMap<string, PersonSums>>) {
  const scores = [...methods].map(([name, people]) => ({
    name,
    ...means([...people.values()]),
    values: perPerson(people),
  }));
  const draws = bootstrapMeans(scores.map(({ values }) => values));
  const offDraws = draws[scores.findIndex(({ name }) => name === 'off')] ?? [];
  const results = scores.map(({ name, values: _, ...metrics }, place): [string, MethodResult] => {
    const own = draws[place] ?? [];
    const differences = Array.from(own, (mean, draw) => mean - (offDraws[draw] ?? 0));
    return [name, { ...metrics, ci95: interval(own), vs_off: interval(differences) }];
  });
  const [first] = methods.values();
  const queries = [...(first?.values() ?? [])].reduce((sum, person) => sum + person.queries, 0);
  return { queries, methods: Object.fromEntries(results) };
}

function means(people: readonly PersonSums[]): Metrics {
  const mean = (key: keyof Metrics) =>
    people.reduce((sum, person) => sum + person[key] / person.queries, 0) / people.length;
  return { ndcg10: mean('ndcg10'), mrr: mean('mrr'), hit10: mean('hit10') };
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
