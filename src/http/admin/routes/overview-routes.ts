// /api/overview: what this process did in the last hour, and how trainings went.
import { overviewSchema } from '../../../contract/overview.js';
import { trainingHistory } from '../../../models/lifecycle/training-history.js';
import type { ModelStore } from '../../../models/store/model-store.js';
import type { Metrics } from '../../metrics/metrics.js';
import { coverageOf } from '../../metrics/search-minutes.js';
import { type AdminRoute, route } from '../admin-route.js';

export function overviewRoutes({
  metrics,
  modelStore,
}: {
  readonly metrics: Metrics;
  readonly modelStore: Pick<ModelStore, 'list'>;
}): AdminRoute[] {
  return [
    route({
      method: 'get',
      path: '/overview',
      summary:
        'Searches, latency, coverage, cache and events of this process; the trainings of kept versions',
      answer: overviewSchema,
      async handle() {
        const minutes = metrics.minutes();
        return {
          body: {
            minutes,
            added: metrics.added(),
            cache: metrics.cacheCounts(),
            coverage: coverageOf(minutes),
            lookups: metrics.lookups(),
            events: metrics.eventCounts(),
            trainings: trainingHistory(await modelStore.list()),
          },
        };
      },
    }),
  ];
}
