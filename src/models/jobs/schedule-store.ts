// Schedules of trainings: one document per model, apart from the model's, so that a change of it makes no draft.
import type { ScheduledRun, ScheduleInput } from '../../contract/schedule.js';
import { KindredError } from '../../core/errors.js';
import { settingChanges } from '../../core/model/model-changes.js';
import type { EngineClient, StoredDocument, WriteOptions } from '../../engine/client/client.js';
import type { Audit } from '../store/audit.js';
import { MODELS_INDEX } from '../store/index-names.js';
import type { ModelStore } from '../store/model-store.js';
import { nextTime, parseSchedule } from './cron.js';

export interface Schedule extends ScheduleInput {
  /** milliseconds since the epoch: times up to this one are done or missed */
  readonly after: number;
  readonly lastRun: ScheduledRun | null;
}

interface ScheduleDocument {
  readonly kind: 'schedule';
  readonly updated_at: string;
  readonly record: Schedule;
}

type Stored = StoredDocument<Schedule | null>;

/** Of a model without a schedule: no stored document has this revision. */
const NO_REVISION = { seqNo: 0, primaryTerm: 0 };

/** `get`, `put` and `remove` reject with `model-not-found` (404) for an unknown model. */
export interface ScheduleStore {
  /** null, with the revision 0.0, where there is none */
  get(modelId: string): Promise<Stored>;
  /** Errors: `invalid-content` (422), `stale` (412) when `ifMatch` is another revision. */
  put(modelId: string, input: unknown, actor: string, ifMatch?: WriteOptions['ifMatch']): Promise<Stored>;
  /** Error: `stale` (412) when `ifMatch` is another revision. */
  remove(modelId: string, actor: string, ifMatch?: WriteOptions['ifMatch']): Promise<void>;
  /** Models whose schedule names a time between `after` and now. */
  due(): Promise<string[]>;
  /** Takes all times until now as one run: true for exactly one of the processes that try. */
  claim(modelId: string): Promise<boolean>;
  /** Records the outcome of the run that was claimed. */
  finish(modelId: string, run: Pick<ScheduledRun, 'outcome' | 'message'>): Promise<void>;
}

/** The document of a model's schedule. */
export function scheduleId(modelId: string): string {
  return `schedule:${modelId}`;
}

/** What a person sets of it; null: nothing is scheduled. */
function shown(schedule: ScheduleInput | null): object {
  return schedule ? { cron: schedule.cron, timezone: schedule.timezone } : {};
}

export function createScheduleStore(options: {
  readonly engine: EngineClient;
  readonly modelStore: Pick<ModelStore, 'get'>;
  readonly audit: Audit;
  readonly now?: () => number;
}): ScheduleStore {
  const { engine, modelStore, audit, now = Date.now } = options;

  async function read(modelId: string): Promise<Stored> {
    const found = await engine.get<ScheduleDocument>(MODELS_INDEX, scheduleId(modelId));
    return found
      ? { ...found, source: found.source.record }
      : { id: scheduleId(modelId), source: null, ...NO_REVISION };
  }

  async function write(modelId: string, record: Schedule, ifMatch: WriteOptions['ifMatch']): Promise<Stored> {
    const document: ScheduleDocument = { kind: 'schedule', updated_at: iso(now()), record };
    const how = ifMatch && (ifMatch.primaryTerm === NO_REVISION.primaryTerm ? { create: true } : { ifMatch });
    try {
      const stored = await engine.put(MODELS_INDEX, scheduleId(modelId), document, { ...how, refresh: true });
      return { ...stored, source: record };
    } catch (error) {
      if (error instanceof KindredError && error.code === 'conflict') throw stale();
      throw error;
    }
  }

  const isDue = (schedule: Schedule) => (nextTime(schedule, schedule.after) ?? Infinity) <= now();

  /** False when another write came between. */
  async function tryWrite(modelId: string, record: Schedule, found: Stored): Promise<boolean> {
    try {
      await write(modelId, record, found);
      return true;
    } catch (error) {
      if (error instanceof KindredError && error.code === 'stale') return false;
      throw error;
    }
  }

  return {
    async get(modelId) {
      await modelStore.get(modelId);
      return read(modelId);
    },
    async put(modelId, input, actor, ifMatch) {
      await modelStore.get(modelId);
      const schedule = parseSchedule(input, now());
      const { source } = await read(modelId);
      const record = { ...schedule, after: now(), lastRun: source?.lastRun ?? null };
      const stored = await write(modelId, record, ifMatch);
      const detail = `${schedule.cron} (${schedule.timezone})`;
      const changes = settingChanges(shown(source), shown(schedule));
      await audit.record({ actor, action: 'schedule', resource: `models/${modelId}`, detail, changes });
      return stored;
    },
    async remove(modelId, actor, ifMatch) {
      await modelStore.get(modelId);
      const { source } = await read(modelId);
      if (source === null) return;
      await engine.delete(MODELS_INDEX, scheduleId(modelId), { refresh: true, ifMatch });
      const changes = settingChanges(shown(source), shown(null));
      await audit.record({ actor, action: 'unschedule', resource: `models/${modelId}`, detail: '', changes });
    },
    async due() {
      const query = { term: { kind: 'schedule' } };
      const answer = await engine.search<ScheduleDocument>(MODELS_INDEX, { size: 100, query });
      return answer.hits.hits.flatMap(({ _id, _source }) =>
        isDue(_source.record) ? [_id.slice(scheduleId('').length)] : [],
      );
    },
    async claim(modelId) {
      const found = await read(modelId);
      if (found.source === null || !isDue(found.source)) return false;
      const at = now();
      const lastRun = { startedAt: iso(at), finishedAt: null, outcome: 'running', message: '' } as const;
      return tryWrite(modelId, { ...found.source, after: at, lastRun }, found);
    },
    async finish(modelId, run) {
      for (;;) {
        const found = await read(modelId);
        // No unfinished run: the schedule was replaced in the meantime.
        if (found.source?.lastRun?.finishedAt !== null) return;
        const lastRun = { ...found.source.lastRun, ...run, finishedAt: iso(now()) };
        if (await tryWrite(modelId, { ...found.source, lastRun }, found)) return;
      }
    },
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function stale(): KindredError {
  const message = 'the schedule was made meanwhile; read it again, then repeat the change';
  return new KindredError('stale', message, { status: 412 });
}
