// The trainer: from events and a catalog to a judged, published and checked profile index, which is not yet active.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { KindredError } from '../core/errors.js';
import { EVENTS_INDEX } from '../core/event/ubi-event.js';
import type { Model } from '../core/model/model.js';
import type { Train, TrainingResult, TrainingRun } from '../core/model/training-run.js';
import { openDuckDb } from '../duckdb/duckdb.js';
import { createSqlSteps, type SqlSteps } from '../duckdb/sql-steps.js';
import type { EngineClient } from '../engine/client/client.js';
import { readTombstones } from '../engine/documents/tombstones.js';
import { computeAffinities } from './affinities/compute-affinities.js';
import { profileDocuments } from './publish/profile-documents.js';
import { checkDocumentCount, checkSummary } from './publish/publish-checks.js';
import { publishProfiles, withNewProfileIndex } from './publish/publish-profiles.js';
import { createEventArchive, type EventArchive } from './sources/archive/event-archive.js';
import { openDatasetSource } from './sources/dataset-source.js';
import { createEngineSource } from './sources/engine-source.js';
import {
  leaveOutErasedCustomers,
  leaveOutErasedEvents,
  removeErasedMeanwhile,
} from './sources/erased-users.js';
import type { TrainingSource } from './sources/training-source.js';
import { windowOf } from './sources/training-window.js';
import { makeTempFolder } from './temp-folder.js';
import { countingNotes, readingNote } from './training-notes.js';
import { createTrainingStages } from './training-stages.js';
import type { ServingVersion, VersionJudge } from './version-judge.js';

export interface TrainerOptions {
  readonly engine: EngineClient;
  /** index of UBI events; default `ubi_events` */
  readonly eventsIndex?: string;
  /** where archives of event indices are kept; without it every run reads all its events from the engine */
  readonly archiveDir?: string;
  /** where what does not fit in memory goes during a run; default the system's */
  readonly tempDir?: string;
  /** milliseconds since the epoch */
  readonly now?: () => number;
  /** judges every version before it is published */
  readonly judge: VersionJudge;
}

interface RunOptions extends TrainerOptions {
  readonly archive: EventArchive;
  /** for files of this run */
  readonly folder: string;
}

/**
 * A run either publishes `kindred-profiles-{model}-{version}` whole or leaves nothing: on failure and on abort
 * (honoured within a second) the index is deleted again, and what a killed run left is replaced by the next.
 * Errors: `no-counting-events`, `no-affinities`, `unknown-field`, `bad-dataset`, `no-events`, `no-catalog` (422),
 * `version-active` (409), `training-cancelled` (409; or the signal's own KindredError), `training-failed` (500),
 * and the engine's.
 */
export function createTrainer(options: TrainerOptions): Train {
  return async function train(run) {
    const folder = await makeTempFolder(options.tempDir ?? tmpdir()).catch((error) => {
      throw failed(error);
    });
    const archive = createEventArchive(options.archiveDir);
    try {
      const database = await openDuckDb({ tempDirectory: join(folder.path, 'spill') });
      try {
        const steps = createSqlSteps(database.connection, run.signal);
        return await runTraining({ ...options, archive, folder: folder.path }, steps, run);
      } finally {
        await database.close();
      }
    } catch (error) {
      throw run.signal?.aborted ? cancelled(run.signal.reason) : failed(error);
    } finally {
      await archive.close();
      await folder.remove();
    }
  };
}

async function runTraining(options: RunOptions, steps: SqlSteps, run: TrainingRun): Promise<TrainingResult> {
  const { engine, judge, archive, now = Date.now } = options;
  const { model, version, from, signal } = run;
  const active = comparableVersion(model, run.active);
  const models = active ? [model, active.model] : [model];
  const stages = createTrainingStages({ ...run, kind: from === undefined ? 'engine' : 'files' });
  const tombstones = await readTombstones(engine);

  // Sources: the events and the catalog, without erased users.
  const { source, survey, window, readWindow, events } = await stages.run('read events', async (onShare) => {
    const source = await openSource(steps, options, run, models);
    const survey = await source.survey();
    const window = windowOf(model, survey, now());
    const readWindow = judge.windowToRead(models, window);
    const events = await source.readEvents(readWindow, onShare);
    await leaveOutErasedEvents(steps, tombstones);
    return { source, survey, window, readWindow, events };
  });
  await stages.run('read catalog', async (onShare) => {
    await source.readCatalog(onShare);
    await leaveOutErasedCustomers(steps, tombstones);
  });

  // Affinities of users, cohorts and the population, as tables.
  const summary = await stages.run('compute affinities', (onShare) =>
    computeAffinities(steps, source, model, window, onShare),
  );
  checkSummary(summary, { model, survey });

  // Judge: what the version is worth on held-out events.
  const quality = await stages.run('judge quality', (onShare) =>
    judge.judgeVersion(steps, source, { model, active, window: readWindow, signal }, onShare),
  );

  // Publish: the tables as profile documents in a new index; then check what the engine holds.
  const { index, profiles, skipped } = await withNewProfileIndex(engine, model.id, version, async (index) => {
    const { documents, skipped } = await stages.run('publish profiles', (onShare) =>
      publishProfiles(engine, index, profileDocuments(steps, summary), {
        signal,
        onSent: (sent) => onShare(Math.min(1, sent / summary.documents)),
      }),
    );
    const profiles = await stages.run('check', async () => {
      const erased = await removeErasedMeanwhile(steps, engine, index, tombstones);
      const left = { documents: documents - erased, skipped: skipped + erased };
      await checkDocumentCount(engine, index, left, summary);
      return left.documents;
    });
    return { index, profiles, skipped };
  });

  return {
    profileIndex: index,
    multiValuedFields: summary.multiValuedFields,
    people: summary.users,
    events: summary.events,
    eventsRead: events.read,
    unknownProducts: summary.unknownProducts,
    profiles,
    asOf: new Date(window.asOf).toISOString(),
    quality,
    seconds: stages.seconds(),
    notes: [
      ...(from === undefined ? [readingNote(events), ...archive.notes()] : []),
      ...countingNotes({ summary, survey, window, skipped }),
    ],
  };
}

/** @param models the fields and attributes of all of these are read */
async function openSource(
  steps: SqlSteps,
  { engine, eventsIndex = EVENTS_INDEX, archive, folder }: RunOptions,
  { catalog, from, signal }: TrainingRun,
  models: readonly Model[],
): Promise<TrainingSource> {
  if (from !== undefined) return openDatasetSource(steps, from);
  return createEngineSource(steps, { engine, models, catalog, eventsIndex, archive, folder, signal });
}

/** What serves now, unless its settings are the same: trained on the same past it would tell nothing. */
function comparableVersion(model: Model, active: ServingVersion | undefined): ServingVersion | null {
  return active && !isDeepStrictEqual(settingsOf(active.model), settingsOf(model)) ? active : null;
}

function settingsOf({ id: _, name: __, kind: ___, ...settings }: Model) {
  return settings;
}

function cancelled(reason: unknown): KindredError {
  if (reason instanceof KindredError) return reason;
  return new KindredError('training-cancelled', 'the training was cancelled', { status: 409, cause: reason });
}

/** What DuckDB or the file system could not do, e.g. a full disk, in its own words. */
function failed(error: unknown): KindredError {
  if (error instanceof KindredError) return error;
  const [words] = (error instanceof Error ? error.message : String(error)).split('\n');
  return new KindredError('training-failed', `the training failed: ${words}`, { cause: error });
}
