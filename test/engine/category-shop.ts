// A shop on a real engine with a category field of any mapping, trained, and searches over it that say their scope.
import type { ProductEvent } from '../../src/core/affinity/affinity.js';
import { catalogSchema } from '../../src/core/catalog.js';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { modelSchema } from '../../src/core/model/model.js';
import { bootstrapIndices } from '../../src/engine/indices/bootstrap.js';
import { createQualityGate } from '../../src/evaluation/quality-gate/quality-gate.js';
import { readBoostFields } from '../../src/models/serving/boost-fields.js';
import { createProfileStore } from '../../src/profiles/profile-store.js';
import { prepareSearch } from '../../src/search/search-pipeline.js';
import { createProfileLookup } from '../../src/search/visitor/profile-lookup.js';
import { createTrainer } from '../../src/training/trainer.js';
import { indexDocuments } from '../helpers/index-documents.js';
import { openNamespace } from '../helpers/namespace.js';
import { searchContext } from '../helpers/search-context.js';
import { searchInNamespace } from '../http/search-in-namespace.js';

const BRANDS = ['Arlo', 'Velda', 'Nordin'];

export interface CategoryShopOptions {
  readonly categoryField?: string;
  /** mapping of what holds the category */
  readonly properties: object;
  readonly settings?: object;
  /** what product n of 36 has of it */
  readonly categoryOf: (n: number) => object;
  readonly overrides?: readonly { readonly categories: readonly string[]; readonly field: string }[];
}

/** Ann buys another brand in each category; everybody else buys anything. */
export async function openCategoryShop(kind: EngineKind, options: CategoryShopOptions) {
  const { engine, prefix, close } = await openNamespace(kind, 'category');
  const { categoryField = 'category' } = options;
  await bootstrapIndices(engine);
  const keyword = { type: 'keyword' };
  await engine.createIndex('products', {
    settings: { number_of_shards: 1, ...options.settings },
    mappings: {
      properties: { title: { type: 'text' }, brand: keyword, color: keyword, ...options.properties },
    },
  });
  const products = Array.from({ length: 36 }, (_, n): [string, object] => [
    `p${n}`,
    {
      title: 'thing',
      brand: BRANDS[Math.floor(n / 3) % 3],
      color: n % 2 === 0 ? 'red' : 'blue',
      ...options.categoryOf(n),
    },
  ]);
  await indexDocuments(engine, 'products', products);
  const bought = (user_id: string, n: number, day: number) => ({
    user_id,
    session_id: `${user_id}-${day}`,
    action_name: 'purchase',
    timestamp: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
    event_attributes: { object: { object_id: `p${n}` } },
  });
  const events = [
    ...Array.from({ length: 120 }, (_, n) => bought(`u${n % 30}`, (n * 7) % 36, n % 20)),
    ...Array.from({ length: 12 }, (_, n) => bought('ann', 9 * Math.floor(n / 3) + 4 * (n % 3), 1 + n)),
  ];
  await indexDocuments(
    engine,
    'ubi_events',
    events.map((event, n) => [`e${n}`, event]),
  );
  const catalog = catalogSchema.parse({ index: 'products', categoryField });
  const model = modelSchema.parse({
    id: 'm',
    name: 'M',
    globalAffinityFields: [{ field: 'brand', weight: 100 }],
    categoryOverrides: (options.overrides ?? []).map(({ categories, field }) => ({
      categories,
      fields: [{ field, weight: 100 }],
    })),
    eventWeights: [{ event: 'purchase', weight: 100 }],
    products: { buyAgain: 20, related: 20 },
    timeDecay: 'all',
  });
  const train = createTrainer({ engine, judge: createQualityGate() });
  const { profileIndex, multiValuedFields } = await train({ model, catalog, version: 1 });
  const active = { model, version: 1, profileIndex, multiValuedFields };
  const { read: readProfiles } = createProfileStore(engine, {
    maxBytes: 1e7,
    ttlMs: 6e4,
    negativeTtlMs: 6e4,
  });
  let session: readonly ProductEvent[] = [];
  const { search, products: lookUp } = searchInNamespace({
    engine,
    prefix,
    catalog,
    serving: () => ({ enabled: true, active }),
    readProfiles,
    readSession: async () => session,
  });
  const boostFields = new Map([['products', await readBoostFields(engine, 'products')]]);
  const context = searchContext({
    ...search,
    capabilities: () => ({ ...search.capabilities(), boostFields }),
  });
  const lookUpProfiles = createProfileLookup(context.profiles);

  return {
    engine,
    readProfile: async (id: string) => (await readProfiles(profileIndex, [id]))[0] ?? null,
    lookUp,
    /** what the next searches have seen just before */
    async click(...ids: readonly string[]) {
      const found = await lookUp(ids);
      session = ids.flatMap((id) => {
        const product = found.get(id);
        return product ? [{ action: 'purchase', timestamp: Date.now(), product }] : [];
      });
    },
    /** How Ann's search is ranked, which the engine has to take and to find the same hits for. */
    async ask(body: object) {
      const caller = {
        trusted: true,
        identity: { userId: 'ann' },
        directives: { explain: false },
        explainable: false,
      };
      const request = { body: Buffer.from(JSON.stringify({ size: 36, ...body })), names: ['products'] };
      const { outcome, original, personalized } = await prepareSearch(
        { ...context, lookUpProfiles },
        caller,
        request,
      );
      const [plain, ours] = await Promise.all(
        [original, personalized?.body ?? original].map(async (sent) => {
          const { hits } = await engine.search('products', JSON.parse(sent.toString()));
          return hits.hits.map(({ _id }) => _id).sort();
        }),
      );
      if (JSON.stringify(plain) !== JSON.stringify(ours)) throw new Error(`${plain} became ${ours}`);
      return { outcome, hits: ours?.length, plan: personalized?.plan };
    },
    async close() {
      await search.upstream.close();
      await close();
    },
  };
}

export type CategoryShop = Awaited<ReturnType<typeof openCategoryShop>>;
