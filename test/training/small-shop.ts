// A small shop for trainer tests: the same data as a dataset directory and as indices of an engine.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '../../src/core/affinity/affinity.js';
import { type Catalog, catalogSchema } from '../../src/core/catalog.js';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { type Model, modelSchema } from '../../src/core/model/model.js';
import type { Train } from '../../src/core/model/training-run.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { readMapping } from '../../src/engine/indices/mappings.js';
import { createQualityGate } from '../../src/evaluation/quality-gate/quality-gate.js';
import { createTrainer } from '../../src/training/trainer.js';
import { connectTest, uniqueIndex } from '../helpers/engines.js';
import { indexDocuments } from '../helpers/index-documents.js';
import { writeDataset } from '../helpers/write-dataset.js';

export const NEWEST = Date.parse('2026-03-01T12:00:00Z');

const product = (
  object_id: string,
  category: string | null,
  brand: string,
  colors: string[],
  size: number,
) => ({
  object_id,
  title: `Product ${object_id}`,
  category,
  brand,
  colors,
  size,
  'details.material': object_id === 'p1' ? 'wool' : 'cotton',
});
const products = [
  product('p1', 'shoes', 'Acme', ['red', 'blue'], 40),
  product('p2', 'shoes', 'Zeta', ['blue'], 41.5),
  product('p3', 'shirts', 'Acme', [], 2),
  product('p4', null, 'Müller "&" Co', ['red'], 2),
];

const event = (user_id: string | null, action_name: string, object_id: string | null, days: number) => ({
  timestamp: new Date(NEWEST - days * DAY_MS).toISOString(),
  user_id,
  session_id: 's',
  action_name,
  object_id,
});
const events = [
  event('anna', 'purchase', 'p1', 0),
  event('anna', 'click', 'p2', 10.5),
  event('anna', 'add_to_cart', 'p3', 3),
  event('anna', 'remove_from_cart', 'p3', 3),
  event('Bob:|=', 'view', 'p2', 30),
  event('Bob:|=', 'Product Viewed', 'p4', 40),
  event('cleo', 'purchase', 'p3', 1),
  event('cleo', 'purchase', 'p1', 181),
  event('cleo', 'purchase', 'gone', 1),
  event('dan', 'ponder', 'p1', 1),
  event(null, 'purchase', 'p1', 1),
  event('x'.repeat(600), 'view', 'p1', 1),
  { ...event(null, 'view', 'p3', 2), session_id: 'before', client_id: 'device' },
  { ...event('gina', 'identify', null, 1.9), session_id: 'login', client_id: 'device' },
];
const customers = [
  { user_id: 'anna', age: '45-54', income: '50-74K' },
  { user_id: 'cleo', age: '45-54', income: null },
  { user_id: 'eve', age: '45-54', income: '50-74K' },
  { user_id: 'finn', age: null, income: null },
];

export function smallModel(id: string, changes: Partial<Model> = {}): Model {
  return modelSchema.parse({
    id,
    name: id,
    globalAffinityFields: ['brand.keyword', 'colors', 'size', 'details.material'].map((field) => ({
      field,
      weight: 25,
    })),
    group: { attributes: ['age', 'income'] },
    eventWeights: [
      { event: 'purchase', weight: 50 },
      { event: 'add_to_cart', weight: 30 },
      { event: 'view', weight: 20 },
    ],
    ...changes,
  });
}

export interface SmallShop {
  readonly engine: EngineClient;
  readonly catalog: Catalog;
  /** no other test's */
  readonly modelId: string;
  /** the shop as a dataset directory */
  readonly dataset: string;
  readonly eventsIndex: string;
  /** where the trainers put their temporary files */
  readonly tempDir: string;
  /** a folder for an archive, absent so far */
  readonly archiveDir: string;
  trainer(options?: { engine?: EngineClient; now?: number; archiveDir?: string }): Train;
  profileIndices(): Promise<string[]>;
  /** removes everything the shop and its trainings made */
  close(): Promise<void>;
}

export async function openSmallShop(kind: EngineKind): Promise<SmallShop> {
  const prefix = uniqueIndex('trainer-shop');
  const modelId = prefix.replaceAll('-', '_');
  const engine = await connectTest(kind);
  const dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  const [dataset, tempDir] = [join(dir, 'shop'), join(dir, 'temp')];
  await mkdir(tempDir);
  await writeDataset(dataset, { products, events, customers });
  const catalog = await loadEngine(engine, prefix);
  const profileIndices = () => engine.listIndices(`kindred-profiles-${modelId}-*`);
  return {
    engine,
    catalog,
    modelId,
    dataset,
    eventsIndex: `${prefix}-events`,
    tempDir,
    archiveDir: join(dir, 'archive'),
    profileIndices,
    trainer: (options = {}) =>
      createTrainer({
        engine: options.engine ?? engine,
        eventsIndex: `${prefix}-events`,
        tempDir,
        ...(options.archiveDir && { archiveDir: options.archiveDir }),
        judge: createQualityGate(),
        now: () => options.now ?? Date.parse('2026-05-01T00:00:00Z'),
      }),
    async close() {
      const made = [prefix, `${prefix}-customers`, `${prefix}-events`, ...(await profileIndices())];
      for (const index of made) await engine.deleteIndex(index);
      await engine.close();
      await rm(dir, { recursive: true });
    },
  };
}

/** Loads the shop into `{prefix}`, `{prefix}-customers` and `{prefix}-events`. */
async function loadEngine(engine: EngineClient, prefix: string): Promise<Catalog> {
  await engine.createIndex(`${prefix}-events`, await readMapping('ubi_events'));
  await indexDocuments(
    engine,
    `${prefix}-events`,
    events.map(({ object_id, user_id, ...rest }, place) => [
      String(place),
      { ...rest, ...(user_id === null ? {} : { user_id }), event_attributes: { object: { object_id } } },
    ]),
  );
  await indexDocuments(
    engine,
    prefix,
    products.map(({ 'details.material': material, ...rest }) => [
      rest.object_id,
      { ...rest, details: { material } },
    ]),
  );
  await indexDocuments(
    engine,
    `${prefix}-customers`,
    customers.map((customer) => [customer.user_id, customer]),
  );
  return catalogSchema.parse({ index: prefix });
}
