// Asks an engine for products by their own title, id and codes: how often the named one stands first, OFF and ON.
import { z } from 'zod';
import { KindredError } from '../../core/errors.js';
import type { DatasetTables } from '../../datasets/format/open-dataset.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { ExactNames, NamedBy } from '../evaluation.js';
import type { TrainedInMemory } from '../train-in-memory.js';
import { openSearchedCatalog, type SearchedCatalog } from './searched-catalog.js';

const SQL = readSqlFile(new URL('asked-products.sql', import.meta.url));

const IMPACTS = [25, 50, 75, 100] as const;
/** Products, each asked for by one user. */
const SAMPLE = 200;

const productSchema = z.record(z.string(), z.unknown());
type Document = z.infer<typeof productSchema>;

export interface ExactNamesInput {
  readonly steps: SqlSteps;
  readonly engine: EngineClient;
  readonly tables: DatasetTables;
  readonly trained: TrainedInMemory;
  /** milliseconds since the epoch */
  readonly now: number;
  /** @param share of the work done, 0–1 */
  readonly onShare: (share: number) => void;
}

/** After the training. Errors: `nothing-to-ask` (422), and the engine's own. */
export async function measureExactNames(input: ExactNamesInput): Promise<ExactNames> {
  const { steps, engine, tables, trained, now, onShare } = input;
  const values = { count: SAMPLE };
  const users = (await steps.run(SQL, 'users', { values })).map(({ user_id }) => String(user_id));
  const products = (await steps.run(SQL, 'products', { values })).map(({ product }) =>
    productSchema.parse(JSON.parse(String(product))),
  );
  if (users.length === 0 || products.length === 0)
    throw new KindredError(
      'nothing-to-ask',
      'no user has a history before the cut, or no product a title: leave --engine away',
      { status: 422 },
    );
  const asked = products.map((product, at) => ({ product, userId: users[at % users.length] ?? '' }));
  const catalog = await openSearchedCatalog({ steps, engine, tables }, trained, now);
  try {
    const { exact, numbers } = catalog.names;
    const codes = [...exact, ...numbers].filter((path) => path !== '_id' && path !== catalog.titleField);
    const fields = [catalog.titleField, ...codes];
    const namedBy: Record<string, NamedBy> = {};
    for (const [at, field] of fields.entries())
      namedBy[field] = await askBy(field, asked, { catalog, fields }, (share) =>
        onShare((at + share) / fields.length),
      );
    return { engine: `${engine.kind} ${engine.version}`, namedBy };
  } finally {
    await catalog.close();
  }
}

async function askBy(
  field: string,
  asked: readonly { readonly product: Document; readonly userId: string }[],
  { catalog, fields }: { readonly catalog: SearchedCatalog; readonly fields: readonly string[] },
  onShare: (share: number) => void,
): Promise<NamedBy> {
  const named = asked.filter(({ product }) => isName(product[field]));
  const isFirst = ([hit]: readonly { readonly _source: unknown }[], product: Document) =>
    wordsOf(productSchema.safeParse(hit?._source).data?.[field]) === wordsOf(product[field]);
  let off = 0;
  let personalized = 0;
  const on = IMPACTS.map(() => 0);
  for (const [at, { product, userId }] of named.entries()) {
    const body = Buffer.from(JSON.stringify(searchBox(String(product[field]), fields)));
    const found = await catalog.search({ body, userId }, IMPACTS);
    if (isFirst(found.off, product)) off++;
    if (found.variants.every(({ outcome }) => outcome.applied)) personalized++;
    for (const [impact, { hits }] of found.variants.entries())
      if (isFirst(hits, product)) on[impact] = (on[impact] ?? 0) + 1;
    onShare((at + 1) / named.length);
  }
  const share = (count: number) => (named.length === 0 ? 0 : count / named.length);
  return {
    queries: named.length,
    personalized: share(personalized),
    first: {
      off: share(off),
      ...Object.fromEntries(IMPACTS.map((impact, at) => [`impact_${impact}`, share(on[at] ?? 0)])),
    },
  };
}

function isName(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

/** Names that differ in case and punctuation alone are one name: a text analysis cannot tell them apart. */
function wordsOf(value: unknown): string {
  return (
    String(value)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}

/** A shop's search box: by text alone, so that nothing but personalization stands against the name. */
function searchBox(text: string, fields: readonly string[]): object {
  return { size: 1, query: { multi_match: { query: text, fields, lenient: true } }, _source: fields };
}
