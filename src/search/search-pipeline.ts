// One search, step by step: read, judge, look the visitor up, plan, rewrite. Any step may end it unpersonalized.
import type { BoostPlan } from '../core/boost-plan/boost-plan.js';
import type { Catalog } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import { type Identity, sessionKey } from '../core/event/identity.js';
import type { ActiveModel } from '../core/model/model.js';
import type { SkipReason } from '../core/skip-reason.js';
import { planCacheKey, visitorPlan } from '../profiles/profile-boost-plan.js';
import { readVisitor } from '../profiles/read-profiles.js';
import { readSearchBody, type SearchBody } from '../query/body/search-body.js';
import { limitPlan } from '../query/boosts/boost-limit.js';
import { dropConflictingFields } from '../query/boosts/conflicting-fields.js';
import { rewriteSearch } from '../query/boosts/rewrite.js';
import { isLaterPage, orderParts } from '../query/facts/list-fingerprint.js';
import { isPointInTimeOf } from '../query/facts/point-in-time.js';
import { searchedCategory } from '../query/facts/requested-category.js';
import { readSearchFacts } from '../query/facts/search-facts.js';
import type { JsonDocument } from '../query/json/json-document.js';
import { chooseScript } from '../query/placement/boost-form.js';
import type { BoostFields } from '../query/placement/engine-capabilities.js';
import { choosePlacement } from '../query/placement/placement.js';
import { unfoldRetriever } from '../query/placement/unfold-retriever.js';
import { type Outcome, skipped } from './answer/x-personalization.js';
import { defined } from './defined.js';
import { mergeIdentity } from './request/identity.js';
import type { Directives } from './request/x-kindred.js';
import type { SearchDeps } from './search-deps.js';
import type { OrderedSearch, OrderedVisitor } from './visitor/stable-order.js';

export interface SearchRequest {
  readonly received: Buffer;
  /** null: an index that is no catalog, or several, or none is named */
  readonly catalog: Catalog | null;
  /** no index is named: a point in time may stand for one */
  readonly unnamed: boolean;
  /** ids in the body count only in a trusted request */
  readonly trusted: boolean;
  readonly identity: Identity;
  readonly directives: Directives;
  readonly parameters?: URLSearchParams;
  /** whether the answer can carry reasons */
  readonly explainable: boolean;
}

export interface PreparedSearch {
  readonly outcome: Outcome;
  /** the caller's bytes without our own members: what the engine gets when nothing is personalized */
  readonly plain: Buffer;
  /** the same, scanned; null when it cannot be */
  readonly document: JsonDocument | null;
  /** null when nothing is personalized */
  readonly personalized: Buffer | null;
  readonly explain: boolean;
  /** what the plan was made of; null when nothing is personalized */
  readonly made: { readonly plan: BoostPlan; readonly active: ActiveModel } | null;
}

/** @throws KindredError `invalid-directive` (400) when `ext.kindred` is malformed */
export async function prepareSearch(deps: SearchDeps, request: SearchRequest): Promise<PreparedSearch> {
  const { received } = request;
  const read = readSearchBody(received, deps.capabilities().ubi);
  const untouched = { plain: received, document: null, personalized: null, explain: false, made: null };
  // What cannot be scanned is the engine's to judge.
  if (!read.ok) return { ...untouched, outcome: skipped('unsupported') };
  const { body } = read;
  const [finding] = body.ext.findings;
  if (finding)
    throw new KindredError('invalid-directive', `${finding.path} ${finding.message}`, { status: 400 });
  const wishes = { ...request.directives, ...defined(body.ext.kindred) };
  const plain = received.length === 0 ? received : body.document.bytes;
  const explain = request.explainable && wishes.explain === true;
  const result = await personalize(deps, request, body, { ...wishes, explain });
  return typeof result === 'string'
    ? { plain, document: body.document, personalized: null, explain, made: null, outcome: skipped(result) }
    : { plain, document: body.document, explain, ...result };
}

/** Of the fields of a catalog that was not seen yet. */
const UNKNOWN: BoostFields = { script: new Map(), conflicting: new Set() };

type Personalized = Pick<PreparedSearch, 'outcome' | 'personalized' | 'made'>;

async function personalize(
  deps: SearchDeps,
  request: SearchRequest,
  body: SearchBody,
  wishes: Directives,
): Promise<Personalized | SkipReason> {
  const { trusted } = request;
  const serving = await servingModel(deps, trusted, wishes);
  if (typeof serving === 'string') return serving;
  const { active: current } = serving;
  const identity = trusted ? mergeIdentity(request.identity, bodyIdentity(body)) : request.identity;
  if (sessionKey(identity) === undefined) return 'no-identity';
  const catalog = request.catalog ?? (request.unnamed ? pointInTimeCatalog(deps, body, current) : null);
  if (!catalog || catalog.index !== current.model.catalog) return 'unsupported';
  const { categoryField } = catalog;
  const capabilities = deps.capabilities();
  const { document } = body;
  const search = capabilities.rescorerRetriever ? unfoldRetriever(document, request.parameters) : document;
  const facts = readSearchFacts(search, request.parameters);
  const placement = choosePlacement(facts, capabilities);
  if ('skip' in placement) return placement.skip;
  const { query, retriever } = facts;
  const sources = { query, retriever, knn: document.value('knn'), postFilter: document.value('post_filter') };
  const category = body.ext.kindred.category ?? searchedCategory(sources, categoryField);
  const { readProfiles, readSession, deadlineMs, now } = deps;
  const ordered = await readOrdered(deps, {
    readProfiles,
    readSession,
    deadlineMs,
    now,
    active: current,
    identity,
    category,
    parts: [
      identity,
      catalog.index,
      category,
      wishes.model,
      wishes.impact,
      ...orderParts(document, request.parameters),
    ],
    later: isLaterPage(facts),
  });
  if (typeof ordered === 'string') return ordered;
  const { visitor, active, asOf } = ordered;
  const impact = wishes.impact ?? active.model.impact;
  const { script: scriptFields, conflicting } = capabilities.boostFields?.get(catalog.index) ?? UNKNOWN;
  const known = dropConflictingFields(visitorPlan(active, visitor, impact, asOf), conflicting, categoryField);
  const plan = limitPlan(known, placement);
  if (plan.boosts.length === 0) return 'no-profile';
  const { multiValuedFields } = active;
  const names = wishes.explain === true;
  const id = chooseScript({ plan, placement, capabilities, names, redefines: facts.redefines });
  const personalized = rewriteSearch({
    body: search,
    placement,
    plan,
    categoryField,
    multiValuedFields,
    names,
    ...(id !== null && { script: { id, fields: scriptFields, idField: catalog.idField } }),
  });
  return { personalized, made: { plan, active }, outcome: applied(active, plan) };
}

async function readOrdered(deps: SearchDeps, search: OrderedSearch): Promise<OrderedVisitor | SkipReason> {
  if (deps.stableOrder) return deps.stableOrder(search);
  const visitor = await readVisitor(search);
  return typeof visitor === 'string' ? visitor : { visitor, active: search.active, asOf: search.now() };
}

/** The model that serves a request, and how strongly, or why none does. */
export async function servingModel(
  deps: SearchDeps,
  trusted: boolean,
  wishes: Directives,
): Promise<{ readonly active: ActiveModel; readonly impact: number } | SkipReason> {
  const { enabled, active: current } = deps.serving();
  if (!enabled || wishes.off || wishes.impact === 0) return 'off';
  const active = await chooseModel(deps, current, trusted ? wishes.model : undefined);
  if (!active) return 'no-model';
  const impact = wishes.impact ?? active.model.impact;
  return impact === 0 ? 'off' : { active, impact };
}

function pointInTimeCatalog(deps: SearchDeps, body: SearchBody, { model }: ActiveModel): Catalog | null {
  const pit = body.document.value('pit', 'id');
  if (typeof pit !== 'string') return null;
  const ours = isPointInTimeOf(pit, deps.indicesOf(model.catalog));
  return ours ? (deps.catalogs.get(model.catalog) ?? null) : null;
}

async function chooseModel(deps: SearchDeps, current: ActiveModel | null, wanted: string | undefined) {
  if (wanted === undefined || wanted === current?.model.id) return current;
  return deps.modelById(wanted).catch(() => null);
}

function bodyIdentity({ ext }: SearchBody): Identity {
  const { user_id: userId, client_id, session_id: sessionId } = ext.kindred;
  const clientId = client_id ?? ext.ubiClientId;
  return defined({ userId, clientId, sessionId });
}

function applied(active: ActiveModel, plan: BoostPlan): Outcome {
  return {
    applied: true,
    model: active.model.id,
    version: active.version,
    profiles: plan.profiles,
    boosts: plan.boosts.length,
    cacheKey: planCacheKey(active, plan),
  };
}
