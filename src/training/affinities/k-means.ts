// k-means over people's taste vectors, in turns that let a cancelled run end.
import { type kmeans, kmeansGenerator } from 'ml-kmeans';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

/** Centres are looked for among this many first: seeding among all takes seconds that nothing can interrupt. */
const SEEDING = 500;
const ITERATIONS = 30;
const SEED = 2_026;

type KMeansResult = ReturnType<typeof kmeans>;

export interface Cluster {
  readonly centre: readonly number[];
  readonly people: number;
}

/**
 * The largest clusters first, empty ones left out; the same vectors give the same clusters.
 * Seeds are refined on a part before the whole (Bradley and Fayyad 1998, "Refining initial points for k-means").
 * @param clusters at most the number of vectors
 */
export async function findCentres(
  vectors: readonly number[][],
  clusters: number,
  steps: Pick<SqlSteps, 'pause'>,
): Promise<Cluster[]> {
  const some = vectors.slice(0, SEEDING);
  const seeds = await cluster(some, clusters, 'kmeans++', steps);
  const result = await cluster(vectors, clusters, seeds.centroids, steps);
  const people = Array.from({ length: clusters }, () => 0);
  for (const number of result.clusters) people[number] = (people[number] ?? 0) + 1;
  return result.centroids
    .map((centre, number) => ({ centre, people: people[number] ?? 0 }))
    .filter((found) => found.people > 0)
    .sort((a, b) => b.people - a.people);
}

async function cluster(
  vectors: readonly number[][],
  clusters: number,
  initialization: 'kmeans++' | number[][],
  { pause }: Pick<SqlSteps, 'pause'>,
): Promise<KMeansResult> {
  const rounds = kmeansGenerator([...vectors], clusters, {
    initialization,
    seed: SEED,
    maxIterations: ITERATIONS,
  });
  let latest: KMeansResult | undefined;
  for (;;) {
    await pause();
    const round = rounds.next();
    if (round.done) break;
    latest = round.value;
  }
  if (!latest) throw new RangeError('k-means ends after one round at least');
  return latest;
}
