// What must hold before a version may be published, and after it was.
import { relativeEventWeights } from '../../core/affinity/affinity.js';
import { KindredError } from '../../core/errors.js';
import { affinityFields, type Model } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { AffinitySummary } from '../affinities/compute-affinities.js';
import type { EventSurvey } from '../sources/event-survey.js';
import type { Published } from './publish-profiles.js';

/** Errors (422): `no-counting-events`, `no-affinities`; `unfit-affinities` (500) is a defect of the trainer. */
export function checkSummary(
  summary: AffinitySummary,
  { model, survey }: { readonly model: Model; readonly survey: EventSurvey },
): void {
  if (summary.users === 0)
    throw new KindredError('no-counting-events', noCountingEvents(summary, model, survey), { status: 422 });
  if (summary.unfit > 0)
    throw new KindredError(
      'unfit-affinities',
      `${summary.unfit} affinities are not finite and positive; please report this`,
    );
  if (!summary.comparable)
    throw new KindredError(
      'no-affinities',
      `no affinity field tells products apart: among the products of counting events, ${affinityFields(model).join(', ')} ` +
        'have fewer than two values; choose other fields',
      { status: 422 },
    );
}

function noCountingEvents({ unknownProducts }: AffinitySummary, model: Model, { seen }: EventSurvey): string {
  const weighed = [...relativeEventWeights(model.eventWeights).keys()].join(', ');
  if (seen.length === 0)
    return `there are no events; send events to Kindred or load a dataset (the model weighs ${weighed})`;
  if (unknownProducts > 0)
    return `no event counts: all ${unknownProducts} weighed events are on products the catalog does not know; load the catalog they belong to`;
  const found = seen.map(({ action, events }) => `${action} (${events})`).join(', ');
  return `no event counts: seen ${found}; the model weighs ${weighed} of people with a user_id in the last ${model.timeDecay}; weigh an event that was seen or widen the time decay`;
}

/** Error: `profiles-incomplete` (502) when the engine holds other than what was computed. */
export async function checkDocumentCount(
  engine: EngineClient,
  index: string,
  { documents, skipped }: Published,
  summary: Pick<AffinitySummary, 'documents'>,
): Promise<void> {
  await engine.refresh(index);
  const stored = await engine.count(index);
  if (stored === documents && documents + skipped === summary.documents) return;
  throw new KindredError(
    'profiles-incomplete',
    `${index} holds ${stored} profiles of ${summary.documents}; train again`,
    { status: 502 },
  );
}
