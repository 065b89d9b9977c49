// Adds up what methods reached, person by person, and turns it into means with intervals.
import { bootstrapMeans, interval } from './bootstrap.js';
import type { Evaluation, LabelSet, MethodResult } from './evaluation.js';
import type { Metrics } from './metrics.js';

const KEYS = ['ndcg10', 'mrr', 'hit10'] as const satisfies readonly (keyof Metrics)[];

interface PersonSums extends Record<keyof Metrics, number> {
  queries: number;
}

/** Every method must add the same queries to a set, or differences would not be paired. */
export function createTally() {
  const sets = new Map<LabelSet, Map<string, Map<string, PersonSums>>>();

  function add(set: LabelSet, method: string, person: string, metrics: Metrics): void {
    const methods = getOr(sets, set, () => new Map<string, Map<string, PersonSums>>());
    const people = getOr(methods, method, () => new Map<string, PersonSums>());
    const sums = getOr(people, person, () => ({ queries: 0, ndcg10: 0, mrr: 0, hit10: 0 }));
    sums.queries++;
    for (const key of KEYS) sums[key] += metrics[key];
  }

  return {
    add,
    /** `off` must be among the methods. */
    results: (): Evaluation['sets'] =>
      Object.fromEntries([...sets].map(([set, methods]) => [set, setResult(methods)])),
  };
}

function setResult(methods: ReadonlyMap<string, ReadonlyMap<string, PersonSums>>) {
  const scores = [...methods].map(([name, people]) => ({
    name,
    ...means([...people.values()]),
    perPerson: Float64Array.from(people.values(), ({ ndcg10, queries }) => ndcg10 / queries),
  }));
  const draws = bootstrapMeans(scores.map(({ perPerson }) => perPerson));
  const offDraws = draws[scores.findIndex(({ name }) => name === 'off')] ?? [];
  const results = scores.map(({ name, perPerson, ...metrics }, place): [string, MethodResult] => {
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
