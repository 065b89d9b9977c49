// `kindred bench --only window`: how far the ranking of a rescore window is from the one without a window, and what it costs.
import { KindredError } from '../../core/errors.js';
import { writeEventNames } from '../../datasets/format/event-names-table.js';
import { catalogMapping } from '../../datasets/load/catalog-mapping.js';
import { streamDocuments } from '../../datasets/load/load-dataset.js';
import { productDocuments } from '../../datasets/load/load-documents.js';
import { openDuckDb } from '../../duckdb/duckdb.js';
import { createSqlSteps, type SqlSteps } from '../../duckdb/sql-steps.js';
import type { EngineClient } from '../../engine/client/client.js';
import { sendBulk } from '../../engine/documents/bulk-sender.js';
import { createUpstream } from '../../engine/upstream.js';
import { createPlanFor } from '../../evaluation/boost-plans.js';
import { datasetModel } from '../../evaluation/dataset-model.js';
import { trainInMemory } from '../../evaluation/train-in-memory.js';
import { boostFrame } from '../../query/boosts/boost-frame.js';
import { withProgress } from '../../terminal/progress.js';
import { type DatasetSource, openDatasetSource } from '../../training/sources/dataset-source.js';
import { median, scaled } from '../report/statistics.js';
import { type SearchKind, type StudiedSearch, studiedSearches } from './window-searches.js';
import { type PlannedSearch, studyWindows, type WindowRow } from './window-study.js';

const SHARDS = [1, 2];
const PER_KIND = 150;

export interface WindowResult {
  readonly products: number;
  readonly searches: number;
  /** medians over the searches */
  readonly matches: Readonly<Record<SearchKind, number | null>>;
  readonly boosts: Readonly<Record<SearchKind, number | null>>;
  readonly rows: readonly WindowRow[];
}

export async function windowPart(
  engine: EngineClient,
  { dataset, effort }: { readonly dataset: string; readonly effort: number },
): Promise<WindowResult> {
  const database = await openDuckDb();
  const upstream = createUpstream({ url: engine.url });
  try {
    const steps = createSqlSteps(database.connection);
    const source = await openDatasetSource(steps, dataset);
    const searches = await withPlans(steps, source, await studiedSearches(steps, scaled(effort, PER_KIND)));
    if (searches.length === 0)
      throw new KindredError(
        'bench-window',
        `${dataset} has no category and no word with many matches and people`,
      );
    const rows: WindowRow[] = [];
    for (const shards of SHARDS) {
      const index = `bench-window-${shards}`;
      await load(engine, index, { shards, steps, source });
      rows.push(...(await studyWindows(upstream, index, { shards, searches })));
      await engine.deleteIndex(index);
    }
    const medians = (of: (search: PlannedSearch) => number) => ({
      category: median(searches.filter(({ kind }) => kind === 'category').map(of)),
      words: median(searches.filter(({ kind }) => kind === 'words').map(of)),
    });
    return {
      products: source.tables.products,
      searches: searches.length,
      matches: medians(({ matches }) => matches),
      boosts: medians(({ plan }) => plan.boosts.length),
      rows,
    };
  } finally {
    await upstream.close();
    await database.close();
  }
}

/** Adds the boost plans that the proxy would compute; users without boosts are left out. */
async function withPlans(
  steps: SqlSteps,
  source: DatasetSource,
  searches: readonly StudiedSearch[],
): Promise<PlannedSearch[]> {
  const model = await datasetModel(steps, source);
  const users = new Set(searches.map(({ userId }) => userId));
  const now = Date.now();
  const { active, profiles } = await withProgress({ label: 'train', total: 100 }, (update) =>
    trainInMemory(steps, source, { model, cut: now, users }, (share) => update(100 * share)),
  );
  const planFor = createPlanFor(active, profiles);
  const { multiValuedFields } = active;
  const plans: PlannedSearch[] = [];
  for (const search of searches) {
    const { kind, text, userId } = search;
    const category = kind === 'category' ? text : null;
    const plan = await planFor({ userId, category, sessionEvents: [], now });
    const frame = boostFrame({ plan, categoryField: 'category', multiValuedFields, names: false });
    if (frame[0] !== '') plans.push({ ...search, plan, frame });
  }
  return plans;
}

interface LoadOptions {
  readonly shards: number;
  readonly steps: SqlSteps;
  readonly source: DatasetSource;
}

async function load(
  engine: EngineClient,
  index: string,
  { shards, steps, source }: LoadOptions,
): Promise<void> {
  const { tables } = source;
  const settings = { number_of_shards: shards, number_of_replicas: 0, refresh_interval: '-1' };
  const mappings = catalogMapping(tables.attributes, 'bench');
  await engine.createIndex(index, { settings, mappings });
  await withProgress({ label: `load ${index}`, total: tables.products, unit: 'products' }, async (onSent) => {
    await writeEventNames(steps.connection);
    await sendBulk(engine, index, streamDocuments(steps.connection, productDocuments(tables)), { onSent });
  });
  await engine.refresh(index);
}
