// `_msearch`: every item is judged and rewritten by itself; one refused rewrite sends the whole original again.
import type { Catalog } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import type { SkipReason } from '../core/skip-reason.js';
import { type MsearchItem, replaceBodies } from '../query/body/msearch-body.js';
import { explainMsearch } from './answer/explain-msearch.js';
import { personalizationHeaders } from './answer/response-headers.js';
import { msearchHeader, skipped } from './answer/x-personalization.js';
import { indexNotServed } from './request/index-not-served.js';
import { readMsearch } from './request/read-msearch.js';
import { type PreparedSearch, prepareSearch, type SearchRequest } from './search-pipeline.js';
import { answerWith, type Exchange, type Question, uncompressed } from './upstream/exchange.js';
import { relayPersonalized } from './upstream/fallback.js';

export interface MsearchRequest extends Omit<SearchRequest, 'catalog' | 'unnamed' | 'parameters'> {
  /** the index in the path, for items that name none */
  readonly pathIndex: string | null;
}

/**
 * @param asCame as for `handleSearch`
 * @throws KindredError `index-not-served` (404) when a public request names what is no catalog, `no-searches` (400)
 *   when it has no body, `too-many-searches` (400), and as `_search`
 */
export async function handleMsearch(
  exchange: Exchange,
  request: MsearchRequest,
  asCame?: Question,
): Promise<void> {
  const { deps } = exchange;
  const begun = performance.now();
  const { received, pathIndex, trusted } = request;
  const msearch = readMsearch(received, deps.engine);
  const catalogs = msearch.items.map((item) => itemCatalog(item, pathIndex, deps.catalogs));
  // Without a body the engine would look for searches in the URL's `source`, which nobody has judged.
  if (!trusted && received.length === 0) throw noBody();
  if (!trusted && catalogs.includes(null)) throw indexNotServed();
  const bodies = msearch.items.map(({ body }) => received.subarray(body.start, body.end));
  const prepared = await Promise.all(
    bodies.map((body, position) =>
      prepareSearch(deps, {
        ...request,
        received: body,
        // An empty line is refused by the engines, while no body at all is a search of everything.
        catalog: body.length > 0 ? (catalogs[position] ?? null) : null,
        unnamed: pathIndex === null && msearch.items[position]?.target.kind === 'path',
      }),
    ),
  );
  const replaced = (choose: (item: PreparedSearch) => Buffer) =>
    replaceBodies(received, msearch, new Map(prepared.map((item, at) => [at, choose(item)])));
  const untouched = prepared.every(({ plain }, at) => plain === bodies[at]) ? asCame : undefined;
  const plain = untouched ?? { target: exchange.target, body: replaced((item) => item.plain) };
  const changed = prepared.some(({ personalized }) => personalized !== null);
  const asked = performance.now();
  const personalized = changed ? replaced((item) => item.personalized ?? item.plain) : null;
  const outcomesOf = (instead: SkipReason | null) =>
    prepared.map(({ outcome }) => (instead ? skipped(instead) : outcome));
  const headers = (instead: SkipReason | null) => {
    const outcomes = outcomesOf(instead);
    const value = outcomes.length === 0 ? 'skipped; reason=unsupported' : msearchHeader(outcomes);
    const timing = { kindred: asked - begun, engine: performance.now() - asked };
    return personalizationHeaders(value, outcomes, timing);
  };
  const explain = prepared.some((item) => item.explain);
  const toEngine = explain ? uncompressed(exchange) : exchange;
  const { kept, instead } = await relayPersonalized(toEngine, personalized, plain, {
    keep: (status) => explain && status === 200,
    headers,
  });
  for (const outcome of outcomesOf(instead)) deps.onOutcome?.(outcome, asked - begun);
  if (!kept) return;
  const answered = instead ? prepared.map((item) => ({ ...item, made: null })) : prepared;
  const explained = await explainMsearch(toEngine, received, msearch, answered, kept.bytes);
  answerWith(toEngine, kept, explained, headers(instead));
}

export function itemCatalog(
  { target }: MsearchItem,
  pathIndex: string | null,
  catalogs: ReadonlyMap<string, Catalog>,
): Catalog | null {
  const names = target.kind === 'named' ? target.indices : target.kind === 'path' ? [pathIndex] : [];
  const [only] = names;
  return names.length === 1 && only ? (catalogs.get(only) ?? null) : null;
}

function noBody(): KindredError {
  return new KindredError(
    'no-searches',
    'there is no body; send a header line and a body line for each search',
    { status: 400 },
  );
}
