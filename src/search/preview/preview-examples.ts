// Examples of what a variant changes: frequent searches of sample users, each previewed, those whose lists differ most first.
import type {
  ParsedPreviewExamplesInput,
  PreviewExample,
  PreviewExamples,
} from '../../contract/preview-examples.js';
import type { UserSummary } from '../../contract/user.js';
import type { Catalog } from '../../core/catalog.js';
import { EVENTS_INDEX } from '../../core/event/ubi-event.js';
import { compareExamples } from '../../core/explain/compare-examples.js';
import type { ProfileDocument } from '../../core/profile/profile.js';
import type { EngineClient } from '../../engine/client/client.js';
import type { ReadProfiles } from '../../profiles/profile-store.js';
import { sampleUsers } from '../../profiles/sample-users.js';
import { storefrontSearch } from '../../query/body/storefront-search.js';
import { listChange } from './list-change.js';
import { type PreviewDependencies, preview, previewedCatalog, variantModel } from './preview.js';

const MAX_QUERIES = 4;
const MAX_CATEGORIES = 4;
/** Of each, those that are looked for in the catalog: events do not say which of several catalogs was searched. */
const CANDIDATES = 48;
const USERS = 6;
/** Pairs that one answer compares: a piece takes a second or two, so that progress shows. */
const PIECE = 6;
const HITS = 24;

export interface ExamplesDependencies extends PreviewDependencies {
  readonly client: Pick<EngineClient, 'search'>;
  readonly readProfiles: ReadProfiles;
}

interface Searched {
  readonly query: string;
  readonly category: string | null;
}

/** Errors: those of a preview. */
export async function previewExamples(
  deps: ExamplesDependencies,
  { catalog: wanted, variants, from }: ParsedPreviewExamplesInput,
): Promise<PreviewExamples> {
  const catalog = previewedCatalog(deps.catalogs, wanted);
  const active = await variantModel(deps, variants, catalog, 0);
  const { client: engine, readProfiles } = deps;
  const [queries, categories, users] = await Promise.all([
    frequentQueries(engine),
    frequentCategories(engine, active.profileIndex),
    sampleUsers({ engine, readProfiles, active, catalog }, USERS),
  ]);
  const found = await withProducts(engine, catalog, [...queries, ...categories]);
  const searches = [
    ...found.filter(({ category }) => category === null).slice(0, MAX_QUERIES),
    ...found.filter(({ category }) => category !== null).slice(0, MAX_CATEGORIES),
  ];
  // Users outside, so that the first piece already shows every search.
  const pairs = users.flatMap((user) => searches.map((search) => ({ search, user })));
  const piece = pairs.slice(from, from + PIECE);
  const examples: PreviewExample[] = [];
  for (const { search, user } of piece) {
    const lists = await listsOf(deps, { catalog: catalog.name, variants }, search, user);
    const changed = listChange(lists.before, lists.after);
    const { user_id, words } = user;
    if (changed.change > 0) examples.push({ ...search, user_id, user: words, ...changed });
  }
  const compared = Math.min(pairs.length, from + PIECE);
  return {
    total: pairs.length,
    compared,
    next: compared < pairs.length ? compared : null,
    examples: examples.sort(compareExamples),
  };
}

async function listsOf(
  deps: PreviewDependencies,
  compared: Pick<ParsedPreviewExamplesInput, 'catalog' | 'variants'>,
  search: Searched,
  { user_id }: UserSummary,
) {
  const input = {
    ...compared,
    ...search,
    size: HITS,
    who: { user_id },
    session: [],
    fields: [],
    without: [],
  };
  const { off, variants } = await preview(deps, input);
  const [first, second] = variants.map(({ hits }) => hits.map(({ id }) => id));
  const plain = off.hits.map(({ id }) => id);
  return { before: (second && first) ?? plain, after: second ?? first ?? plain };
}

async function frequentQueries(engine: Pick<EngineClient, 'search'>): Promise<Searched[]> {
  type Aggregations = { readonly queries: { readonly buckets: readonly { readonly key: string }[] } };
  const { aggregations } = await engine.search<unknown, Aggregations>(EVENTS_INDEX, {
    size: 0,
    aggs: { queries: { terms: { field: 'user_query', size: CANDIDATES } } },
  });
  return (aggregations?.queries.buckets ?? []).flatMap(({ key }) => {
    const query = key.trim();
    return query === '' ? [] : [{ query, category: null }];
  });
}

/** Those with the most events behind the profiles. Engines leave out of `_source` what is empty. */
async function frequentCategories(
  engine: Pick<EngineClient, 'search'>,
  profileIndex: string,
): Promise<Searched[]> {
  const { hits } = await engine.search<Partial<Pick<ProfileDocument, 'scopes'>>>(profileIndex, {
    size: CANDIDATES + 1,
    query: { term: { kind: 'population' } },
    sort: [{ events: 'desc' }],
    _source: ['scopes.category'],
  });
  return hits.hits
    .flatMap(({ _source }) => (_source.scopes ?? []).flatMap(({ category }) => category ?? []))
    .map((category) => ({ query: '', category }));
}

/** The searches that find something in the catalog, asked for all at once. */
async function withProducts(
  engine: Pick<EngineClient, 'search'>,
  { index, titleField, categoryField }: Catalog,
  searches: readonly Searched[],
): Promise<readonly Searched[]> {
  if (searches.length === 0) return [];
  type Aggregations = { readonly found: { readonly buckets: readonly { readonly doc_count: number }[] } };
  const shop = { size: 0, titleField, categoryField, popularity: false, members: {} };
  const filters = searches.map(
    ({ query, category }) => storefrontSearch({ ...shop, text: query, category }).query,
  );
  const body = { size: 0, aggs: { found: { filters: { filters } } } };
  const { aggregations } = await engine.search<unknown, Aggregations>(index, body);
  return searches.filter((_, position) => (aggregations?.found.buckets[position]?.doc_count ?? 0) > 0);
}
