// The trainer's SQL and the core's fold are the same sums, on whatever events and products there may be.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Affinities,
  DAY_MS,
  DECAY_DAYS,
  eventWeigher,
  foldAffinities,
  type ProductEvent,
} from '../../../src/core/affinity/affinity.js';
import { type NumberRange, parseBand } from '../../../src/core/affinity/number-bands.js';
import { createQueryReader } from '../../../src/core/affinity/query-values.js';
import { eventMove, keptEvents } from '../../../src/core/affinity/taken-back.js';
import { ID_FIELD } from '../../../src/core/boost-plan/boost-plan.js';
import { ancestors, categorySeparator } from '../../../src/core/category-paths.js';
import { canonicalEventName } from '../../../src/core/event/event-names.js';
import { searchAsProductEvent } from '../../../src/core/event/session-event.js';
import { modelSchema, type TimeDecay } from '../../../src/core/model/model.js';
import { categoriesOf, isInScope, valuesAt } from '../../../src/core/product.js';
import { openDuckDb } from '../../../src/duckdb/duckdb.js';
import { createSqlSteps } from '../../../src/duckdb/sql-steps.js';
import { computeAffinities } from '../../../src/training/affinities/compute-affinities.js';
import { openDatasetSource } from '../../../src/training/sources/dataset-source.js';
import { writeDataset } from '../../helpers/write-dataset.js';

const AS_OF = Date.parse('2026-03-01T12:34:56.789Z');
const FIELDS = ['brand.keyword', 'colors', 'size', 'weights', 'gift'];
/** Their values are bands, and name no words. */
const NUMBERS = ['size', 'weights'];

const productArbitrary = fc.record({
  categories: fc.array(fc.constantFrom('shoes', 'shirts', '7', '7.0', null, ''), { maxLength: 3 }),
  brand: fc.constantFrom('Acme', "O'Neill", 'a "b"', '', null),
  colors: fc.array(fc.constantFrom('red', 'blue', 'grün', null), { maxLength: 3 }),
  size: fc.constantFrom(1, 2, 2.5, 40, null),
  weights: fc.array(fc.constantFrom(...Array.from({ length: 12 }, (_, i) => i - 2.25), null), {
    maxLength: 3,
  }),
  gift: fc.constantFrom(true, false, null),
});
const eventArbitrary = fc.record({
  user: fc.constantFrom('anna', 'Anna', 'b:o|b', null),
  action: fc.constantFrom(
    ...['purchase', 'add_to_cart', 'remove_from_cart', 'view', 'click', 'ponder', null],
    ...[
      'Order Completed',
      'addToCart',
      'Product Removed',
      'Order Refunded',
      'order_cancelled',
      'product_returned',
      'view_item',
      'select_item',
      'search',
      'view_search_results',
    ],
  ),
  object: fc.constantFrom(...Array.from({ length: 12 }, (_, i) => `p${i}`), 'unknown', null),
  // Fewer, as many and more than were bought, fractions whose sums are not exact, and none.
  quantity: fc.constantFrom(null, null, 1, 2, 3, 0.1, 0.2, 0.3, 1e9, 0, -1),
  // Counts where the event names no product. One category, two, none; one value, several, none.
  query: fc.constantFrom(
    null,
    'acme red',
    'ONEILL grun shoe',
    'shirts',
    'red shoes and shirts',
    'a b',
    'what',
  ),
  // Ties, the very edge of a window, just beyond it, the future, and 1970, which weighs almost nothing.
  age: fc.oneof(
    fc.integer({ min: -5 * DAY_MS, max: 400 * DAY_MS }),
    fc.constantFrom(0, 30 * DAY_MS, 30 * DAY_MS + 1, 180 * DAY_MS, 180 * DAY_MS + 1, AS_OF),
  ),
});
const shopArbitrary = fc.record({
  products: fc.array(productArbitrary, { minLength: 12, maxLength: 12 }),
  /** whether products have a list of categories */
  several: fc.boolean(),
  /** between the levels of categories that are paths */
  path: fc.constantFrom(null, ' > ', '/', '|'),
  events: fc.array(eventArbitrary, { maxLength: 60 }),
  timeDecay: fc.constantFrom<TimeDecay>('30d', '180d', 'all'),
  clickListed: fc.boolean(),
});
type Shop = typeof shopArbitrary extends fc.Arbitrary<infer T> ? T : never;

function modelOf({ timeDecay, clickListed }: Shop) {
  return modelSchema.parse({
    id: 'm',
    name: 'M',
    globalAffinityFields: FIELDS.map((field) => ({ field, weight: 20 })),
    eventWeights: [
      { event: 'purchase', weight: 50 },
      { event: 'add_to_cart', weight: 33.33 },
      { event: 'view', weight: clickListed ? 10.67 : 14.67 },
      ...(clickListed ? [{ event: 'click', weight: 4 }] : []),
      { event: 'search', weight: 2 },
    ],
    timeDecay,
  });
}

/** Where categories are paths: one has another below it, and two have one parent that no product names. */
const LEVELS: Record<string, readonly string[]> = {
  shoes: ['all', 'shoes'],
  shirts: ['all', 'shirts'],
  7: ['all', 'shirts', '7'],
};

/** What the catalog has in its category field. */
function categoryOf({ several, path }: Shop, { categories }: Shop['products'][number]) {
  const own = categories.map((category) =>
    path !== null && category ? (LEVELS[category]?.join(path) ?? category) : category,
  );
  return several ? own : (own[0] ?? null);
}

/** Stands for the category of searches that name none. */
const ANY = 'any';

/**
 * The shop's numbers as the core folds them, with the bands of the training: `user, category, field, value` → x; and
 * how many people have events that count, and how many those are.
 */
function folded(
  shop: Shop,
  populationOf: (category: string | null) => Affinities,
): { x: Map<string, number>; people: number; events: number } {
  const model = modelOf(shop);
  const products = new Map(
    shop.products.map(({ brand, colors, size, weights, gift }, place) => [
      `p${place}`,
      {
        objectId: `p${place}`,
        categories: categoriesOf(valuesAt(categoryOf(shop, shop.products[place]!), '')),
        values: new Map([
          ...[[brand], colors, [size], weights, [gift]].map((values, field): [string, string[]] => [
            FIELDS[field]!,
            values.filter((value) => value !== null && value !== '').map(String),
          ]),
          [ID_FIELD, [`p${place}`]],
        ]),
      },
    ]),
  );
  const given = [...products.values()].flatMap(({ categories }) => categories);
  const separator = categorySeparator(given);
  const scopes = new Set(given.flatMap((category) => [category, ...ancestors(category, separator)]));
  const known = (category: string | null, field: string) =>
    new Set(
      [...products.values()].flatMap((product) =>
        isInScope(product, category, separator) ? (product.values.get(field) ?? []) : [],
      ),
    );
  const read = createQueryReader(
    FIELDS.map((field) => [field, known(null, field)]),
    scopes,
    separator,
  );
  const weigh = eventWeigher(model.eventWeights);
  const days = DECAY_DAYS[shop.timeDecay] ?? Number.POSITIVE_INFINITY;
  const drawn = shop.events.flatMap(({ user, action, object, query, quantity, age }) => {
    const isSearch =
      object === null && query !== null && action !== null && canonicalEventName(action) === 'search';
    const named = isSearch ? read(query) : undefined;
    const product = products.get(object ?? '');
    if (user === null || action === null || age > days * DAY_MS) return [];
    if (weigh(action) === undefined && !eventMove(action)?.takes) return [];
    if (!product && !named?.values.size) return [];
    const pieces = quantity !== null && quantity > 0 ? { quantity } : {};
    return [{ user, action, timestamp: AS_OF - age, product, query: query ?? '', named, ...pieces }];
  });
  const counting = [...new Set(drawn.map(({ user }) => user))].flatMap((user) => {
    const own = drawn.filter((event) => event.user === user);
    const onProducts = own.flatMap((event) => (event.product ? [{ ...event, product: event.product }] : []));
    return [...own.filter(({ product }) => !product), ...keptEvents(onProducts).map(([event]) => event)];
  });
  const x = new Map<string, number>();
  const users = new Set(counting.map(({ user }) => user));
  for (const user of users) {
    const own = drawn.filter((event) => event.user === user);
    const onProducts = own.flatMap((event) => (event.product ? [{ ...event, product: event.product }] : []));
    const searches = (category: string | null, which: (categories: readonly string[]) => boolean) =>
      own
        .filter(({ named }) => named && which(named.categories))
        .map((search) => searchAsProductEvent(search, read, category));
    const folds: [scope: string | null, category: string | null, events: ProductEvent[]][] = [
      [null, null, [...onProducts, ...searches(null, () => true)]],
      ...[...scopes].map((category): [string, string, ProductEvent[]] => [
        category,
        category,
        [...onProducts, ...searches(category, (named) => named.length > 0)],
      ]),
      [ANY, null, searches(null, (named) => named.length === 0)],
    ];
    for (const [scope, category, events] of folds)
      for (const [field, { values }] of foldAffinities(events, {
        ...model,
        fields: scope === null ? [...FIELDS, ID_FIELD] : FIELDS,
        asOf: AS_OF,
        category,
        separator,
        population: populationOf(category),
      }))
        for (const [value, amount] of values)
          if ([ID_FIELD, ...NUMBERS].includes(field) || known(category, field).has(value))
            x.set(JSON.stringify([user, scope, field, value]), amount);
  }
  return { x, people: users.size, events: counting.length };
}

async function trained(shop: Shop, dir: string) {
  const products = shop.products.map(({ categories: _, ...product }, place) => ({
    object_id: `p${place}`,
    title: null,
    ...product,
    category: categoryOf(shop, shop.products[place]!),
  }));
  const events = shop.events.map(({ user, action, object, query, quantity, age }) => ({
    timestamp: new Date(AS_OF - age).toISOString(),
    user_id: user,
    session_id: null,
    action_name: action,
    object_id: object,
    query,
    quantity,
  }));
  await writeDataset(dir, { products, events });
  const database = await openDuckDb({ threads: 1 });
  try {
    const model = modelOf(shop);
    const steps = createSqlSteps(database.connection);
    const days = DECAY_DAYS[model.timeDecay];
    const window = { asOf: AS_OF, since: days === null ? null : AS_OF - days * DAY_MS };
    const source = await openDatasetSource(steps, dir);
    const summary = await computeAffinities(steps, source, model, window, () => {});
    const rows = async (sql: string) => (await database.connection.runAndReadAll(sql)).getRowObjectsJson();
    const names = 'JOIN categories AS c USING (scope) JOIN affinity_values AS v USING (value_id)';
    return {
      summary,
      individuals: await rows(
        `SELECT user_id, category, field, value, x FROM individual_affinities AS a
         JOIN users AS u ON u.user_number = a.owner ${names}`,
      ),
      searched: await rows(
        `SELECT user_id, '${ANY}' AS category, field, value, worth AS x FROM search_sums AS s
         JOIN users AS u ON u.user_number = s.user_number JOIN affinity_values AS v USING (value_id)
         WHERE s.scope = -1 AND worth > 0`,
      ),
      // Single products are folded like a field of their own.
      products: await rows(
        `SELECT user_id, NULL AS category, '${ID_FIELD}' AS field, object_id AS value, x FROM own_products AS o
         JOIN users AS u ON u.user_number = o.user_number JOIN products AS p ON p.item = o.item`,
      ),
      populationProducts: await rows(
        `SELECT NULL AS category, '${ID_FIELD}' AS field, object_id AS value, x FROM population_products
         JOIN products USING (item)`,
      ),
      bands: await rows('SELECT category, field, value FROM number_bands JOIN categories USING (scope)'),
      population: await rows(`SELECT category, field, value, x FROM population_affinities ${names}`),
    };
  } finally {
    await database.close();
  }
}

/** The population of a scope, of which the fold needs the bands alone. */
function bandsOfScope(
  rows: readonly { category?: unknown; field?: unknown; value?: unknown }[],
  category: string | null,
): Affinities {
  const bands = new Map(NUMBERS.map((field) => [field, new Map<string, NumberRange>()]));
  for (const row of rows)
    if (row.category === category)
      bands.get(String(row.field))!.set(String(row.value), parseBand(String(row.value)));
  return new Map([...bands].map(([field, own]) => [field, { total: 0, values: new Map(), bands: own }]));
}

/** Equal to 1e-9; absent is 0 (what removals leave can be a rounding error on one side). */
function expectClose(actual: ReadonlyMap<string, number>, expected: ReadonlyMap<string, number>) {
  for (const key of new Set([...actual.keys(), ...expected.keys()])) {
    const [a, b] = [actual.get(key) ?? 0, expected.get(key) ?? 0];
    if (Math.abs(a - b) > 1e-9 * Math.max(a, b) + 1e-12) throw new Error(`${key}: SQL ${a}, core ${b}`);
  }
}

test('SQL sums equal the fold, and the population is the sum of individuals', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  try {
    await fc.assert(
      fc.asyncProperty(shopArbitrary, async (shop) => {
        // An empty file has no columns; a shop without events is the trainer's own test.
        fc.pre(shop.events.length > 0);
        const { summary, individuals, searched, products, population, populationProducts, bands } =
          await trained(shop, dir);
        const { x: expected, people, events } = folded(shop, (category) => bandsOfScope(bands, category));
        const keyed = (row: (typeof individuals)[number]) =>
          [JSON.stringify([row.user_id, row.category, row.field, row.value]), Number(row.x)] as const;
        expectClose(new Map([...individuals, ...searched, ...products].map(keyed)), expected);

        const sums = new Map<string, number>();
        for (const [key, x] of expected) {
          const [, category] = JSON.parse(key);
          // What goes with a person into every category says nothing about what people do there.
          if (category === ANY) continue;
          const everyone = JSON.stringify(JSON.parse(key).slice(1));
          sums.set(everyone, (sums.get(everyone) ?? 0) + x);
        }
        expectClose(
          new Map(
            [...population, ...populationProducts].map((row) => [
              JSON.stringify([row.category, row.field, row.value]),
              Number(row.x),
            ]),
          ),
          sums,
        );
        expect(summary).toMatchObject({ unfit: 0, users: people, events });
        const several = (values: readonly unknown[]) =>
          new Set(values.filter((value) => value !== null)).size > 1;
        expect(summary.multiValuedFields).toEqual([
          ...(shop.products.some(({ colors }) => several(colors)) ? ['colors'] : []),
          ...(shop.products.some(({ weights }) => several(weights)) ? ['weights'] : []),
        ]);
      }),
      { numRuns: 40 },
    );
  } finally {
    await rm(dir, { recursive: true });
  }
});
