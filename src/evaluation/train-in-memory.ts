// Trains like the trainer does, with the profile documents kept in memory instead of published.
import { LRUCache } from 'lru-cache';
import { KindredError } from '../core/errors.js';
import type { ActiveModel, Model } from '../core/model/model.js';
import type { ProfileDocument } from '../core/profile/profile.js';
import { readSqlFile } from '../duckdb/sql-file.js';
import type { SqlSteps } from '../duckdb/sql-steps.js';
import { computeAffinities } from '../training/affinities/compute-affinities.js';
import { individualDocuments, sharedDocuments } from '../training/publish/profile-documents.js';
import { checkSummary } from '../training/publish/publish-checks.js';
import type { TrainingSource } from '../training/sources/training-source.js';
import { windowOf } from '../training/sources/training-window.js';

const SQL = readSqlFile(new URL('train-in-memory.sql', import.meta.url));

/** JSON that is kept parsed, in characters; parsed it takes ten times the room. */
const MAX_PARSED_LENGTH = 8 * 1024 ** 2;

/** By document id: the population, all cohorts and products, and the users to keep. */
export interface ProfilesInMemory {
  get(id: string): ProfileDocument | undefined;
}

export interface TrainedInMemory {
  readonly active: ActiveModel;
  readonly profiles: ProfilesInMemory;
}

/**
 * Leaves the trainer's tables behind, `product_values` among them.
 * @param cut ages count from here, or from the newest event when that is earlier
 * @param users whose documents are kept; null: all users'
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
  const texts = new Map<string, string>();
  for await (const batch of sharedDocuments(steps, summary))
    for (const { id, document } of batch) texts.set(id, String(document));
  if (users) await keepUsers(steps, users);
  for await (const batch of individualDocuments(steps, summary))
    for (const { id, document } of batch) texts.set(id, String(document));
  onShare(1);
  const { multiValuedFields } = summary;
  return {
    profiles: parsedOnDemand(texts),
    active: { model, version: 1, profileIndex: 'memory', multiValuedFields },
  };
}

/** All users made the population and the cohorts; from here on only these users matter. */
async function keepUsers(steps: SqlSteps, users: ReadonlySet<string>): Promise<void> {
  const values = { users: JSON.stringify([...users]) };
  for (const statement of SQL.keys()) await steps.run(SQL, statement, { values });
}

/** A document is the same object as long as it is in use, which is what scopes are kept by. */
function parsedOnDemand(texts: ReadonlyMap<string, string>): ProfilesInMemory {
  const parsed = new LRUCache<string, ProfileDocument>({ maxSize: MAX_PARSED_LENGTH });
  return {
    get(id) {
      const known = parsed.get(id);
      const text = texts.get(id);
      if (known || text === undefined) return known;
      // Made by our own SQL a moment ago.
      const document = JSON.parse(text) as ProfileDocument;
      parsed.set(id, document, { size: text.length });
      return document;
    },
  };
}
