// Adds up the metrics of methods by subject, and turns them into means with intervals.
import type { MeasureId } from '../../core/model/measures.js';
import type { Evaluation, MethodResult } from '../evaluation.js';
import { bootstrapMeans, interval } from './bootstrap-interval.js';
import type { Metrics } from './ndcg.js';

const KEYS = ['ndcg10', 'mrr', 'hit10'] as const satisfies readonly (keyof Metrics)[];

interface SubjectSums extends Record<keyof Metrics, number> {
  queries: number;
}

export interface Tally {
  add(set: MeasureId, method: string, subject: string, metrics: Metrics): void;
  /** `off` must be among the methods. */
  results(): Evaluation['sets'];
  /** how many subjects have queries in a set */
  subjects(set: MeasureId): number;
  /** How far NDCG@10 of one method is above another's, with its 95 % interval, subjects paired. */
  difference(
    set: MeasureId,
    method: string,
    other: string,
  ): { readonly mean: number; readonly ci95: [number, number] };
}

/** Every method must add the same queries to a set, or differences would not be paired. */
export function createTally(): Tally {
  const sets = new Map<MeasureId, Map<string, Map<string, SubjectSums>>>();

  function add(set: MeasureId, method: string, subject: string, metrics: Metrics): void {
    const methods = getOr(sets, set, () => new Map<string, Map<string, SubjectSums>>());
    const subjects = getOr(methods, method, () => new Map<string, SubjectSums>());
    const sums = getOr(subjects, subject, () => ({ queries: 0, ndcg10: 0, mrr: 0, hit10: 0 }));
    sums.queries++;
    for (const key of KEYS) sums[key] += metrics[key];
  }

  const ndcgOf = (set: MeasureId, method: string) => perSubject(sets.get(set)?.get(method) ?? new Map());

  return {
    add,
    results: () => Object.fromEntries([...sets].map(([set, methods]) => [set, setResult(methods)])),
    subjects: (set) => [...(sets.get(set)?.values() ?? [])][0]?.size ?? 0,
    difference(set, method, other) {
      const others = ndcgOf(set, other);
      const differences = ndcgOf(set, method).map((value, subject) => value - (others[subject] ?? 0));
      const [draws = []] = bootstrapMeans([differences]);
      const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
      return { mean, ci95: interval(draws) };
    },
  };
}

/** NDCG@10 of each subject. */
function perSubject(subjects: ReadonlyMap<string, SubjectSums>): Float64Array {
  return Float64Array.from(subjects.values(), ({ ndcg10, queries }) => ndcg10 / queries);
}

function setResult(methods: ReadonlyMap<string, ReadonlyMap<string, SubjectSums>>) {
  const scores = [...methods].map(([name, subjects]) => ({
    name,
    ...means([...subjects.values()]),
    values: perSubject(subjects),
  }));
  const draws = bootstrapMeans(scores.map(({ values }) => values));
  const offDraws = draws[scores.findIndex(({ name }) => name === 'off')] ?? [];
  const results = scores.map(({ name, values: _, ...metrics }, place): [string, MethodResult] => {
    const own = draws[place] ?? [];
    const differences = Array.from(own, (mean, draw) => mean - (offDraws[draw] ?? 0));
    return [name, { ...metrics, ci95: interval(own), vs_off: interval(differences) }];
  });
  const [first] = methods.values();
  const queries = [...(first?.values() ?? [])].reduce((sum, subject) => sum + subject.queries, 0);
  return { queries, methods: Object.fromEntries(results) };
}

function means(subjects: readonly SubjectSums[]): Metrics {
  const mean = (key: keyof Metrics) =>
    subjects.reduce((sum, subject) => sum + subject[key] / subject.queries, 0) / subjects.length;
  return { ndcg10: mean('ndcg10'), mrr: mean('mrr'), hit10: mean('hit10') };
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
