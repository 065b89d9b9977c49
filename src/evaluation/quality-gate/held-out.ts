// The past with its newest part held out, of a sample of users, beside the tables of the training itself.
import { DAY_MS, DECAY_DAYS } from '../../core/affinity/affinity.js';
import { KindredError } from '../../core/errors.js';
import type { Model } from '../../core/model/model.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import { surveyEvents } from '../../training/sources/event-survey.js';
import type { TrainingSource } from '../../training/sources/training-source.js';
import type { TrainingWindow } from '../../training/sources/training-window.js';

const SQL = readSqlFile(new URL('held-out.sql', import.meta.url));

/** Users whose events are learned from, and events of theirs; what is more is sampled, so that time is bounded. */
const MAX_USERS = 20_000;
const MAX_EVENTS = 1_000_000;
/** Of the past, a fifth is held out, four weeks at most. */
const MAX_DAYS = 28;
const HELD_OUT_SHARE = 1 / 5;
const MILLION = 1_000_000;

/** Milliseconds since the epoch: trained before `cut`, judged from it on to before `until`. */
export interface HeldOut {
  readonly cut: number;
  readonly until: number;
  readonly days: number;
  /** the training's source, over the sample */
  readonly source: TrainingSource;
}

/** The window of a training, widened by what is held out, so that a model still trains on as much of the past as its time decay covers. */
export function windowWithHeldOut(models: readonly Model[], { asOf, since }: TrainingWindow): TrainingWindow {
  const decays = models.map(({ timeDecay }) => DECAY_DAYS[timeDecay] ?? Number.POSITIVE_INFINITY);
  const longest = Math.max(...decays);
  if (since === null || longest === Number.POSITIVE_INFINITY) return { asOf, since: null };
  return { asOf, since: asOf - (longest + daysOf(longest)) * DAY_MS };
}

/** Whole days to hold out of so many. */
function daysOf(days: number): number {
  return Math.min(MAX_DAYS, Math.floor(days * HELD_OUT_SHARE));
}

/**
 * While `work` runs, the views of a dataset (`dataset_events` up to the cut, `dataset_all_events`,
 * `dataset_products`, `dataset_customers`) hold the sample, and tables are made apart; afterwards all is as before.
 * Error: `too-short-log` (422).
 */
export async function withHeldOut<T>(
  steps: SqlSteps,
  source: TrainingSource,
  { model, window: { asOf, since } }: { readonly model: Model; readonly window: TrainingWindow },
  work: (heldOut: HeldOut) => Promise<T>,
): Promise<T> {
  const window = { since: BigInt(since ?? Number.MIN_SAFE_INTEGER), as_of: BigInt(asOf) };
  const [span] = await steps.run(SQL, 'event-span', { values: window });
  const [events, users] = [Number(span?.events), Number(span?.users)];
  const spanDays = events === 0 ? 0 : (asOf - Number(span?.oldest)) / DAY_MS;
  const days = daysOf(Math.min(spanDays, DECAY_DAYS[model.timeDecay] ?? Number.POSITIVE_INFINITY));
  if (days < 1)
    throw new KindredError(
      'too-short-log',
      `the events span ${Math.floor(spanDays)} days; five days or more are needed`,
      { status: 422 },
    );
  const cut = Math.floor((asOf - days * DAY_MS) / DAY_MS) * DAY_MS;
  const share = Math.min(1, MAX_USERS / users, MAX_EVENTS / events);
  return inSchema(steps, 'held_out', ['main'], async () => {
    await steps.run(SQL, 'sampled-events', {
      values: { ...window, users_of_million: Math.ceil(share * MILLION) },
    });
    await steps.run(SQL, 'past-events', { text: { cut: String(cut) } });
    await steps.run(SQL, 'sampled-products');
    await steps.run(SQL, 'sampled-customers');
    return work({ cut, until: asOf + 1, days, source: { ...source, survey: () => surveyEvents(steps) } });
  });
}

/** Tables are made in a schema of their own and gone afterwards; those of `beneath` can be read. */
export async function inSchema<T>(
  { connection }: SqlSteps,
  name: string,
  beneath: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const search = (schemas: readonly string[]) => connection.run(`SET search_path = '${schemas.join(',')}'`);
  await connection.run(`CREATE SCHEMA ${name}`);
  try {
    await search([name, ...beneath]);
    return await work();
  } finally {
    await search(beneath);
    await connection.run(`DROP SCHEMA ${name} CASCADE`);
  }
}
