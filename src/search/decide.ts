// The decision on one search: which model ranks for whom, and where its boosts go; or why nothing is personalized.
import type { Catalog } from '../core/catalog.js';
import { type Identity, sessionKey } from '../core/event/identity.js';
import type { ActiveModel } from '../core/model/model.js';
import type { SkipReason } from '../core/skip-reason.js';
import type { SearchBody } from '../query/body/search-body.js';
import { categoryPaths, requestedCategory } from '../query/facts/requested-category.js';
import { readSearchFacts, type SearchFacts } from '../query/facts/search-facts.js';
import type { JsonDocument } from '../query/json/json-document.js';
import { choosePlacement, type Placement } from '../query/placement/placement.js';
import { unfoldRetriever } from '../query/placement/unfold-retriever.js';
import { catalogOf } from './catalog-of.js';
import { type Directives, mergeIdentity } from './request/kindred-headers.js';
import type { SearchRequest } from './request/search-batch.js';
import type { SearchContext } from './search-context.js';

/** What a caller says of a request beside its searches. */
export interface Caller {
  /** ids and the model that a body names count only in a trusted request */
  readonly trusted: boolean;
  readonly identity: Identity;
  readonly directives: Directives;
  /** whether the response can carry `ext.kindred` */
  readonly explainable: boolean;
}

/** One search as it was read. */
export interface ReadSearch {
  readonly body: SearchBody;
  /** the body's win over those of headers and URL */
  readonly directives: Directives & { readonly explain: boolean };
}

export interface Decision {
  readonly active: ActiveModel;
  readonly identity: Identity;
  readonly catalog: Catalog;
  readonly category: string | null;
  readonly facts: SearchFacts;
  readonly placement: Placement;
  /** the body that boosts are put into */
  readonly search: JsonDocument;
}

export async function decide(
  { engine, catalogs, models }: Pick<SearchContext, 'engine' | 'catalogs' | 'models'>,
  caller: Caller,
  { names, parameters, hidesTimeout: hidden }: SearchRequest,
  { body, directives }: ReadSearch,
): Promise<Decision | SkipReason> {
  const { document, ext } = body;
  const catalog = catalogOf({ engine, catalogs }, names, document);
  const active = await servingModel({ models, catalogs }, catalog, caller.trusted, directives);
  if (typeof active === 'string') return active;
  const identity = identityOf(caller, body);
  if (sessionKey(identity) === undefined) return 'no-identity';
  if (catalog?.name !== active.model.catalog) return 'unsupported';
  const capabilities = engine.capabilities();
  const unfolds = capabilities.rescorerRetriever && document.has('retriever');
  const search = unfolds ? unfoldRetriever(document, parameters) : document;
  const facts = readSearchFacts(search, parameters, catalog.idField);
  // Asynchronous searches end later, and what is no JSON is not read: whether their time was enough nobody sees.
  const hidesTimeout = facts.hidesTimeout || hidden === true || !caller.explainable;
  const placement = choosePlacement({ ...facts, hidesTimeout }, capabilities);
  if ('skip' in placement) return placement.skip;
  const { query, retriever } = facts;
  const sources = { query, retriever, knn: search.value('knn'), postFilter: search.value('post_filter') };
  const exact = capabilities.boostFields?.get(catalog.name)?.exact;
  const category =
    ext.kindred.category ?? requestedCategory(sources, categoryPaths(catalog.categoryField, exact));
  return { active, identity, catalog, category, facts, placement, search };
}

/**
 * The model that serves a catalog, or why none does.
 * @param catalog null: of what is no catalog the first one tells why
 */
export async function servingModel(
  { models, catalogs }: Pick<SearchContext, 'models' | 'catalogs'>,
  catalog: Catalog | null,
  trusted: boolean,
  { off, impact, model: wanted }: Directives,
): Promise<ActiveModel | SkipReason> {
  const [first = ''] = catalogs.keys();
  const { enabled, active: current } = models.serving(catalog?.name ?? first);
  if (!enabled || off || impact === 0) return 'off';
  const named = trusted && wanted !== undefined && wanted !== current?.model.id;
  const active = named ? await models.byId(wanted).catch(() => null) : current;
  if (!active) return 'no-model';
  return (impact ?? active.model.impact) === 0 ? 'off' : active;
}

/** Ids in a body count only in a trusted request. */
export function identityOf({ trusted, identity }: Caller, body: SearchBody): Identity {
  return trusted ? mergeIdentity(identity, bodyIdentity(body)) : identity;
}

function bodyIdentity({ ext }: SearchBody): Identity {
  const { user_id: userId, client_id, session_id: sessionId } = ext.kindred;
  return { userId, clientId: client_id ?? ext.ubiClientId, sessionId };
}
