// /api/overview: what this process did in the last hour, and how trainings went.

import { overviewSchema } from '../../../contract/overview.js';
import type { SkipReason } from '../../../core/skip-reason.js';
import type { ModelRecord, ModelVersion } from '../../../models/store/model-record.js';
import type { ModelStore } from '../../../models/store/model-store.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { SearchMinute } from '../../metrics/search-minutes.js';
import { type AdminRoute, route } from '../admin-route.js';

/** Searches of visitors who were looked for: nothing is known of the others. */
const LOOKED_FOR: readonly SkipReason[] = ['no-profile', 'profile-timeout', 'profile-error'];

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
            cache: metrics.cacheCounts(),
            coverage: coverageOf(minutes),
            events: metrics.eventCounts(),
            trainings: trainingsOf(await modelStore.list()),
          },
        };
      },
    }),
  ];
}

function coverageOf(minutes: readonly SearchMinute[]) {
  const known = minutes.reduce((sum, { applied }) => sum + applied, 0);
  const unknown = minutes
    .flatMap(({ skipped }) => LOOKED_FOR.map((reason) => skipped[reason] ?? 0))
    .reduce((sum, searches) => sum + searches, 0);
  return { known, searches: known + unknown };
}

/** Newest first. */
function trainingsOf(records: readonly ModelRecord[]) {
  return records
    .flatMap(({ versions }) => versions.map(showTraining))
    .sort((a, b) => b.at.localeCompare(a.at));
}

function showTraining({ config, version, trainedAt, seconds, events, people, quality }: ModelVersion) {
  const all = quality?.measured?.sets.ALL;
  return {
    model: config.id,
    version,
    at: trainedAt,
    seconds: seconds ?? null,
    events,
    people,
    verdict: quality?.verdict ?? null,
    ...(all && { ndcg: { model: all.version.ndcg10, off: all.off.ndcg10 } }),
  };
}
