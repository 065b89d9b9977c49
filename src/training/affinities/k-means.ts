// k-means over users' affinity vectors, in rounds between which a cancelled run can end.
import { type kmeans, kmeansGenerator } from 'ml-kmeans';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

/** Centres are looked for among this many first: seeding among all takes seconds that nothing can interrupt. */
const SEEDING_VECTORS = 500;
const MAX_ITERATIONS = 30;
const SEED = 2_026;

type KMeansResult = ReturnType<typeof kmeans>;

export interface Cluster {
  readonly centre: readonly number[];
  readonly members: number;
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
  const some = vectors.slice(0, SEEDING_VECTORS);
  const seeds = await cluster(some, clusters, 'kmeans++', steps);
  const result = await cluster(vectors, clusters, seeds.centroids, steps);
  const members = Array.from({ length: clusters }, () => 0);
  for (const number of result.clusters) members[number] = (members[number] ?? 0) + 1;
  return result.centroids
    .map((centre, number) => ({ centre, members: members[number] ?? 0 }))
    .filter((found) => found.members > 0)
    .sort((a, b) => b.members - a.members);
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
    maxIterations: MAX_ITERATIONS,
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
