// Trains like the trainer does, with the profile documents kept in memory instead of published.
import { KindredError } from '../../core/errors.js';
import type { ActiveModel, Model } from '../../core/model.js';
import { individualId, type ProfileDocument } from '../../core/profile.js';
import { computeAffinities } from '../compute-affinities.js';
import { profileDocuments } from '../profile-documents.js';
import type { SqlSteps } from '../sql-steps.js';
import { windowOf } from '../trainer.js';
import { checkSummary } from '../training-checks.js';
import type { TrainingSource } from '../training-source.js';

export interface TrainedInMemory {
  readonly active: ActiveModel;
  /** by document id: the population, all cohorts, and the people asked for */
  readonly profiles: ReadonlyMap<string, ProfileDocument>;
}

/**
 * Leaves the trainer's tables behind, `product_values` among them.
 * @param cut ages count from here, or from the newest event when that is earlier
 * @param users whose documents are kept; null: everyone's
 * Errors: `no-events` (422) when there is none before the cut, and the trainer's own.
 */
export async function trainInMemory(
  steps: SqlSteps,
  source: TrainingSource,
  { model, cut, users }: { model: Model; cut: number; users: ReadonlySet<string> | null },
  onShare: (share: number) => void,
): Promise<TrainedInMemory> {
  const survey = await source.survey();
  if (survey.newest === null)
    throw new KindredError(
      'no-events',
      'there are no events before the cut to train on; choose a later --cut',
      {
        status: 422,
      },
    );
  const summary = await computeAffinities(steps, source, model, windowOf(model, survey, cut), (share) =>
    onShare(share / 2),
  );
  checkSummary(summary, { model, survey });
  const kept = users && new Set([...users].map(individualId));
  const profiles = new Map<string, ProfileDocument>();
  let documents = 0;
  for await (const items of profileDocuments(steps, summary)) {
    for (const { id, document } of items)
      if (!kept || kept.has(id) || !id.startsWith('individual:'))
        // Made by our own SQL a moment ago.
        profiles.set(id, JSON.parse(String(document)) as ProfileDocument);
    documents += items.length;
    onShare(0.5 + documents / summary.documents / 2);
  }
  const { multiValuedFields } = summary;
  return { profiles, active: { model, version: 1, profileIndex: 'memory', multiValuedFields } };
}
