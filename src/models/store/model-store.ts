// Keeps the models, each in one document with its trained versions.
import { isDeepStrictEqual } from 'node:util';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { Model } from '../../core/model/model.js';
import { modelChanges } from '../../core/model/model-changes.js';
import type { EngineClient, StoredDocument, WriteOptions } from '../../engine/client/client.js';
import type { Audit } from './audit.js';
import { checkModel } from './check-model.js';
import { MODELS_INDEX } from './index-names.js';
import { freeId, fromPreset, modelInput } from './model-input.js';
import { checkNameIsFree, checkNewModel } from './model-limits.js';
import { currentVersion, type ModelRecord } from './model-record.js';
import { withWriteLock } from './write-lock.js';

/** Of a read-change-write, before it rejects with the conflict. */
const MAX_ATTEMPTS = 10;

/** Three of each catalog. */
const MAX_RECORDS = 1_000;

type Stored = StoredDocument<ModelRecord>;
type IfMatch = WriteOptions['ifMatch'];

interface ModelDocument {
  readonly kind: 'model';
  readonly name: string;
  readonly state: string;
  readonly version: number;
  readonly updated_at: string;
  readonly record: ModelRecord;
}

/** All methods but `list` and `create` reject with `model-not-found` (404) for an unknown id. */
export interface ModelStore {
  /** of one catalog, or of all; the default model first, then by name */
  list(catalog?: string): Promise<ModelRecord[]>;
  get(id: string): Promise<Stored>;
  /**
   * A new draft. `id` defaults from the name, everything else from `preset` when there is one.
   * Errors: `invalid-content` (422), `model-exists`, `name-taken`, `too-many-models` (409).
   */
  create(input: unknown, actor: string): Promise<Stored>;
  /**
   * Replaces the configuration; another one makes a draft, that of the current version its old state. Errors: `invalid-content` (422), `name-taken` (409),
   * `stale` (412) when `ifMatch` is another revision.
   */
  update(id: string, input: unknown, actor: string, ifMatch?: IfMatch): Promise<Stored>;
  /** Reads, changes and writes a record; again when another write came between. */
  change(id: string, step: (record: ModelRecord) => ModelRecord): Promise<Stored>;
  /** Removes the document alone. */
  remove(id: string, ifMatch?: IfMatch): Promise<void>;
}

export function createModelStore(options: {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly audit: Audit;
  readonly now?: () => number;
}): ModelStore {
  const { engine, catalogs, audit, now = Date.now } = options;

  async function list(catalog?: string): Promise<ModelRecord[]> {
    const query = { term: { kind: 'model' } };
    const answer = await engine.search<ModelDocument>(MODELS_INDEX, { size: MAX_RECORDS, query });
    const records = answer.hits.hits
      .map(({ _source }) => _source.record)
      .filter(({ model }) => catalog === undefined || model.catalog === catalog);
    return records.sort(
      ({ model: a }, { model: b }) =>
        Number(b.kind === 'default') - Number(a.kind === 'default') || a.name.localeCompare(b.name),
    );
  }

  async function get(id: string): Promise<Stored> {
    const found = await engine.get<ModelDocument>(MODELS_INDEX, id);
    if (found?.source.kind !== 'model')
      throw new KindredError('model-not-found', `there is no model "${id}"`, { status: 404 });
    return { ...found, source: found.source.record };
  }

  async function write(record: ModelRecord, how: WriteOptions): Promise<Stored> {
    const { model, state, version } = record;
    const updatedAt = new Date(now()).toISOString();
    const source: ModelRecord = { ...record, updatedAt };
    const document: ModelDocument = {
      kind: 'model',
      name: model.name,
      state,
      version,
      updated_at: updatedAt,
      record: source,
    };
    return { ...(await engine.put(MODELS_INDEX, model.id, document, { ...how, refresh: true })), source };
  }

  async function change(id: string, step: (record: ModelRecord) => ModelRecord): Promise<Stored> {
    for (let attempt = 1; ; attempt += 1) {
      const found = await get(id);
      try {
        return await write(step(found.source), { ifMatch: found });
      } catch (error) {
        const stale = error instanceof KindredError && error.code === 'stale';
        if (!stale || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  async function create(input: unknown, actor: string): Promise<Stored> {
    const { raw, derivedId } = modelInput(fromPreset(input, await list()));
    const checked = await checkModel(engine, catalogs, raw);
    const stored = await withWriteLock(engine, now, async () => {
      const others = (await list()).map(({ model }) => model);
      const model = derivedId ? { ...checked, id: freeId(checked.id, others) } : checked;
      checkNewModel(model, others);
      return write(
        {
          model,
          state: 'draft',
          version: 0,
          savedVersion: null,
          currentVersion: null,
          versions: [],
          updatedAt: '',
        },
        { create: true },
      );
    });
    await audit.record({
      actor,
      action: 'create',
      resource: `models/${stored.source.model.id}`,
      detail: stored.source.model.name,
    });
    return stored;
  }

  async function update(id: string, input: unknown, actor: string, ifMatch?: IfMatch): Promise<Stored> {
    const { source: before } = await get(id);
    const { raw } = modelInput(input, before.model);
    const model = await checkModel(engine, catalogs, raw);
    const edit = (record: ModelRecord): ModelRecord => ({
      ...record,
      model,
      state: isDeepStrictEqual(record.model, model) ? record.state : stateAfter(record, model),
      currentVersion: currentVersion(record)?.version ?? null,
    });
    const save = () => (ifMatch ? write(edit(before), { ifMatch }) : change(id, edit));
    const stored =
      model.name === before.model.name
        ? await save()
        : await withWriteLock(engine, now, async () => {
            checkNameIsFree(
              model,
              (await list(model.catalog)).map((record) => record.model).filter((other) => other.id !== id),
            );
            return save();
          });
    const changes = modelChanges(before.model, model);
    await audit.record({ actor, action: 'update', resource: `models/${id}`, detail: model.name, changes });
    return stored;
  }

  return {
    list,
    get,
    create,
    update,
    change,
    async remove(id, ifMatch) {
      await engine.delete(MODELS_INDEX, id, { refresh: true, ifMatch });
    },
  };
}

/** The state after an edit: with the very settings of its current version, a model is what it was before. */
function stateAfter(record: ModelRecord, model: Model): ModelRecord['state'] {
  const current = currentVersion(record);
  if (!current || !isDeepStrictEqual(current.config, model)) return 'draft';
  return current.version === record.savedVersion ? 'saved' : 'trained';
}
