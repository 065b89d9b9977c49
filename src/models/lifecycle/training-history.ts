// The trainings of all kept versions, as the overview shows them.
import type { OverviewTraining } from '../../contract/overview.js';
import { isLowerOnAll } from '../../core/model/quality-verdict.js';
import type { ModelRecord, ModelVersion } from '../store/model-record.js';

/** Newest first. */
export function trainingHistory(records: readonly ModelRecord[]): OverviewTraining[] {
  return records
    .flatMap(({ versions }) => versions.filter(({ profilesFrom }) => profilesFrom === undefined))
    .map(viewTraining)
    .sort((a, b) => b.at.localeCompare(a.at));
}

function viewTraining(trained: ModelVersion): OverviewTraining {
  const { config, version, trainedAt, seconds, events, people, quality } = trained;
  const all = quality?.measured?.sets.ALL;
  return {
    model: config.id,
    version,
    at: trainedAt,
    seconds: seconds ?? null,
    events,
    people,
    verdict: quality?.verdict ?? null,
    lowerOnAll: quality ? isLowerOnAll(quality) : false,
    ndcg: all && { model: all.version.ndcg10, off: all.off.ndcg10 },
  };
}
