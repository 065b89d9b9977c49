// Profile documents out of the affinity tables, as JSON made in SQL, a run of owners at a time.
import type { CohortDefinitions } from '../../core/affinity/behavioral-cohorts.js';
import {
  COHORT_DEFINITIONS_ID,
  groupId,
  individualId,
  type ProfileKind,
  populationId,
  productId,
} from '../../core/profile/profile.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { BulkDocument } from '../../engine/documents/bulk-sender.js';
import type { AffinitySummary } from '../affinities/compute-affinities.js';

const SQL = readSqlFile(new URL('profile-documents.sql', import.meta.url));

type ScopedKind = Exclude<ProfileKind, 'product' | 'tastes'>;

/** Values kept per field, the strongest: in all products, and inside a category. */
const KEPT = {
  individual: { all_products: 200, in_category: 20 },
  group: { all_products: 200, in_category: 50 },
  population: { all_products: 2 ** 31 - 1, in_category: 2 ** 31 - 1 },
} as const satisfies Record<ScopedKind, object>;

/** Of a user, the events of the largest weight and all events; sums over users say nothing to count. */
const COUNTS: Record<ScopedKind, string> = {
  individual: "concat(',', a.taken, ',', a.events)",
  group: "''",
  population: "''",
};

/** Products whose documents are made at once. */
const PRODUCTS_AT_ONCE = 20_000;

/**
 * Cohorts whose documents are made at once: large cohorts have large documents, and small ones are many where every user
 * has an attribute value of their own.
 */
const cohortsAtOnce = (cohorts: number) => Math.max(10, Math.ceil(cohorts / 200));

/** Users whose documents are made at once: some ten MB of JSON at most for very active ones. */
const USERS_AT_ONCE = 1_000;

const DOCUMENT_ID: Record<
  Exclude<ProfileKind, 'tastes'>,
  (key: string, category: string | null) => string
> = {
  individual: (key) => individualId(key),
  group: groupId,
  population: (_, category) => populationId(category),
  product: productId,
};

/** Batches of documents of every kind, individuals last. Each is `profileDocumentSchema` in JSON. */
export async function* profileDocuments(
  steps: SqlSteps,
  summary: Pick<AffinitySummary, 'individuals' | 'cohorts' | 'items' | 'cohortDefinitions'>,
): AsyncGenerator<BulkDocument[]> {
  yield* sharedDocuments(steps, summary);
  yield* individualDocuments(steps, summary);
}

/** The documents that boost plans of many users read. */
export async function* sharedDocuments(
  steps: SqlSteps,
  { cohorts, items, cohortDefinitions }: Pick<AffinitySummary, 'cohorts' | 'items' | 'cohortDefinitions'>,
): AsyncGenerator<BulkDocument[]> {
  yield batch(steps, 'population', 1, 1);
  if (cohortDefinitions) yield [definitionsDocument(cohortDefinitions)];
  const some = cohortsAtOnce(cohorts);
  for (let first = 1; first <= cohorts; first += some) yield batch(steps, 'group', first, first + some - 1);
  for (let first = 1; first <= items; first += PRODUCTS_AT_ONCE)
    yield documents(steps, 'product', { first, last: first + PRODUCTS_AT_ONCE - 1 });
}

export async function* individualDocuments(
  steps: SqlSteps,
  { individuals }: Pick<AffinitySummary, 'individuals'>,
): AsyncGenerator<BulkDocument[]> {
  for (let first = 1; first <= individuals; first += USERS_AT_ONCE)
    yield batch(steps, 'individual', first, first + USERS_AT_ONCE - 1);
}

async function batch(
  steps: SqlSteps,
  kind: ScopedKind,
  first: number,
  last: number,
): Promise<BulkDocument[]> {
  const owners = { first, last };
  await steps.run(SQL, 'profile-scopes', {
    text: { affinities: `${kind}_affinities`, counts: COUNTS[kind] },
    values: { ...owners, ...KEPT[kind] },
  });
  return documents(steps, kind, owners);
}

async function documents(
  steps: SqlSteps,
  kind: keyof typeof DOCUMENT_ID,
  values: Record<string, number>,
): Promise<BulkDocument[]> {
  const rows = await steps.run(SQL, `${kind}-documents`, { values });
  return rows.map(({ key, category, document }) => ({
    action: 'index',
    id: DOCUMENT_ID[kind](String(key), category === null ? null : String(category)),
    document: String(document),
  }));
}

function definitionsDocument(definitions: CohortDefinitions): BulkDocument {
  const document = {
    kind: 'tastes',
    key: 'all',
    people: 0,
    events: 0,
    scopes: [],
    tastes: definitions,
  };
  return { action: 'index', id: COHORT_DEFINITIONS_ID, document: JSON.stringify(document) };
}
