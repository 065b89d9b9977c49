// The search pipeline: read → decide → visitor → plan → rewrite, for each search of a batch; then send → answer.
import { roundFactors } from '../core/boost-plan/binary-factors.js';
import { type BoostPlan, dropConflictingFields, limitPlan } from '../core/boost-plan/boost-plan.js';
import {
  type MultiplierBounds,
  multiplierBounds,
  namedFactor,
} from '../core/boost-plan/multiplier-bounds.js';
import { KindredError } from '../core/errors.js';
import type { Identity } from '../core/event/identity.js';
import type { ActiveModel } from '../core/model/model.js';
import type { SkipReason } from '../core/skip-reason.js';
import { createBoostEvidence } from '../profiles/boost-evidence.js';
import { modelCache } from '../profiles/model-cache.js';
import { planBoosts } from '../profiles/plan-boosts.js';
import { readSearchBody } from '../query/body/search-body.js';
import { withTimeout } from '../query/body/time-budget.js';
import type { ExactName } from '../query/boosts/exact-name.js';
import { rewriteSearch } from '../query/boosts/rewrite.js';
import { isLaterPage, listFingerprint } from '../query/facts/list-order.js';
import type { JsonDocument } from '../query/json/json-document.js';
import { chooseForm, type Form } from '../query/placement/boost-form.js';
import type { BoostFields } from '../query/placement/engine-capabilities.js';
import { isWindowed } from '../query/placement/placement.js';
import { explainResponse } from './answer/explain.js';
import { appliedOutcome, type Outcome, personalizationHeaders, skipped } from './answer/x-personalization.js';
import { type Caller, type Decision, decide, identityOf, type ReadSearch } from './decide.js';
import { namedProduct } from './named-product.js';
import { type PreparedSearch, requestsOf } from './prepared-search.js';
import type { SearchBatch, SearchRequest } from './request/search-batch.js';
import type { SearchContext, SearchEngine } from './search-context.js';
import { type FallbackReason, forwardWithFallback } from './upstream/fallback.js';
import { type Exchange, respondWith } from './upstream/forward.js';
import type { LookedUpProfiles, LookUpProfiles } from './visitor/profile-lookup.js';

export interface PipelineContext extends Pick<SearchContext, 'engine' | 'catalogs' | 'models' | 'onContact'> {
  readonly lookUpProfiles: LookUpProfiles;
  /** whether a visitor has not searched for a while; absent where nobody counts that */
  readonly isFirstSearch?: (identity: Identity) => boolean;
}

/**
 * Prepares every search of a batch, sends them together, and answers the caller.
 * @throws KindredError `invalid-directive` (400), and those of an engine that does not answer (503, 504)
 */
export async function handleSearches(
  context: PipelineContext & Pick<SearchContext, 'onOutcome' | 'onEngineTime' | 'onRewriteRejected'>,
  exchange: Exchange,
  caller: Caller,
  batch: SearchBatch,
): Promise<void> {
  const { started } = batch;
  const prepared = await Promise.all(batch.searches.map((search) => prepareSearch(context, caller, search)));

  // send
  const explain = prepared.some((search) => search.explain);
  const request = requestsOf(batch, prepared, explain);
  const sent = performance.now();
  const outcomes = (fallback: FallbackReason | null) =>
    prepared.map(({ outcome }) => (fallback ? skipped(fallback) : outcome));
  let responded = sent;
  const headers = (fallback: FallbackReason | null) => {
    responded = performance.now();
    const timing = { kindred: sent - started, engine: responded - sent };
    return personalizationHeaders(outcomes(fallback), batch.msearch !== null, timing);
  };
  const { buffered, fallback } = await forwardWithFallback(exchange, request.personalized, request.original, {
    buffer: (status) => explain && status === 200,
    items: batch.msearch && {
      isPersonalized: (position) => prepared[position]?.personalized != null,
      originalOf: request.originalOf,
    },
    originalInTime: () => request.originalAfter(performance.now() - started),
    headers,
    onRewriteRejected: context.onRewriteRejected,
  });
  // Of a response that was read before it is passed on, until it was read.
  context.onEngineTime?.((responded > sent ? responded : performance.now()) - sent);
  for (const outcome of outcomes(fallback)) context.onOutcome?.(outcome, sent - started);

  // answer: what is not explained was streamed to the caller, unless it had to be read before
  if (!buffered) return;
  if (!explain || buffered.status !== 200)
    return respondWith(exchange, buffered, buffered.bytes, headers(fallback));
  const answered = fallback ? prepared.map((search) => ({ ...search, personalized: null })) : prepared;
  const explained = await explainResponse(exchange, batch, answered, buffered.bytes);
  respondWith(exchange, buffered, explained, headers(fallback));
}

/** @throws KindredError `invalid-directive` (400) when `ext.kindred` is malformed */
export async function prepareSearch(
  context: PipelineContext,
  caller: Caller,
  request: SearchRequest,
): Promise<PreparedSearch> {
  const read = readSearch(context.engine, caller, request);
  if (!read) return unpersonalized(request.body, null, false, skipped('unsupported'));
  const { body, directives } = read;
  const original = request.body.length === 0 ? request.body : body.document.bytes;
  // Explain reads it again; else it need not outlive this function, while the response takes its time.
  const document = directives.explain ? body.document : null;
  const skip = (reason: SkipReason, first?: boolean) =>
    unpersonalized(original, document, directives.explain, skipped(reason, first));

  const decision = await decide(context, caller, request, read);
  if (typeof decision === 'string') {
    if (decision !== 'off') context.onContact?.(identityOf(caller, body));
    return skip(decision);
  }

  const first = context.isFirstSearch?.(decision.identity);
  const visitor = await lookUpVisitor(context.lookUpProfiles, request, read, decision);
  if (typeof visitor === 'string') return skip(visitor, first);

  const formed = planFor(context.engine, decision, visitor, directives);
  const { plan } = formed;
  if (plan.boosts.length === 0) return skip(visitor.partial ?? 'no-profile', first);

  const { timeout } = decision.facts;
  const { active } = visitor;
  const memos = modelCache(active).memosOf(plan);
  const bounds = memos.bounds([], () => multiplierBounds(plan.boosts));
  const fields = boostFields(context.engine, decision);
  const named = namedProduct(decision, fields, namedFactor(plan, bounds), request.parameters);
  return {
    outcome: { ...appliedOutcome(active, plan), partial: visitor.partial, first },
    original,
    document: timeout === null ? document : body.document,
    timeout,
    personalized: {
      body: rewrite(context.engine, decision, active, { ...formed, bounds, named }, directives.explain),
      plan,
      active,
      named,
      evidence: directives.explain ? createBoostEvidence(active.model, visitor.profiles) : undefined,
    },
    explain: directives.explain,
  };
}

/** read: the body scanned, with Kindred's members taken out; null for what the engine has to judge. */
function readSearch(
  { capabilities }: SearchEngine,
  { directives, explainable }: Caller,
  { body: received }: SearchRequest,
): ReadSearch | null {
  const read = readSearchBody(received, capabilities().ubi);
  if (!read.ok) return null;
  const [finding] = read.body.ext.findings;
  if (finding)
    throw new KindredError('invalid-directive', `${finding.path} ${finding.message}`, { status: 400 });
  const merged = { ...directives, ...read.body.ext.kindred };
  return {
    body: read.body,
    directives: { ...merged, explain: explainable && merged.explain === true },
  };
}

/** visitor: what is known of the user or visitor, the same for all pages of one list; or why it is not. */
function lookUpVisitor(
  lookUpProfiles: LookUpProfiles,
  { parameters }: SearchRequest,
  { body, directives: { model, impact } }: ReadSearch,
  { active, identity, category, catalog, facts }: Decision,
): ReturnType<LookUpProfiles> {
  const fingerprint = listFingerprint(body.document, parameters);
  return lookUpProfiles({
    active,
    identity,
    category,
    listKey: [identity, catalog.name, category, model, impact, ...fingerprint],
    laterPage: isLaterPage(facts),
    timeout: facts.timeout,
  });
}

/** Of a catalog that has not been looked at yet. */
const UNKNOWN_FIELDS: BoostFields = { script: new Map(), conflicting: new Set(), nested: new Map() };

function boostFields({ capabilities }: SearchEngine, { catalog }: Pick<Decision, 'catalog'>): BoostFields {
  return capabilities().boostFields?.get(catalog.name) ?? UNKNOWN_FIELDS;
}

interface FormedPlan {
  readonly plan: BoostPlan;
  readonly form: Form;
}

/** plan: the boosts of this request, in the form and number that its placement can afford. */
function planFor(
  engine: SearchEngine,
  decision: Decision,
  { profiles, active, asOf }: LookedUpProfiles,
  { impact = active.model.impact, explain: names }: ReadSearch['directives'],
): FormedPlan {
  const { facts, placement, catalog } = decision;
  const { conflicting } = boostFields(engine, decision);
  const whole = planBoosts(active, profiles, impact, asOf);
  const plan = dropConflictingFields(whole, conflicting, catalog.categoryField);
  const capabilities = engine.capabilities();
  const form = chooseForm({ plan, placement, capabilities, names, redefinesFields: facts.redefinesFields });
  const { limited } = modelCache(active).memosOf(whole);
  if (!isWindowed(placement)) return { plan: limited([conflicting, 'wrap'], () => limitPlan(plan)), form };
  return { plan: form === 'digits' ? limited([conflicting, form], () => roundFactors(plan)) : plan, form };
}

/** rewrite: the original body with the plan in it, every other byte as it was. */
function rewrite(
  engine: SearchEngine,
  { facts, placement, catalog, search: body }: Decision,
  active: ActiveModel,
  {
    plan,
    form,
    bounds,
    named,
  }: FormedPlan & { readonly bounds: MultiplierBounds; readonly named: ExactName },
  names: boolean,
): Buffer {
  const { painless } = engine.capabilities();
  const { timeout } = facts;
  const { script: fields, nested } = boostFields(engine, { catalog });
  const script =
    form === 'script' && painless !== null ? { id: painless, fields, idField: catalog.idField } : undefined;
  return rewriteSearch({
    body: timeout === null ? body : withTimeout(body, timeout / 2),
    placement,
    plan,
    categoryField: catalog.categoryField,
    multiValuedFields: active.multiValuedFields,
    nested,
    names,
    script,
    exactName: named,
    bounds,
    frames: modelCache(active).memosOf(plan).frames,
  });
}

function unpersonalized(
  original: Buffer,
  document: JsonDocument | null,
  explain: boolean,
  outcome: Outcome,
): PreparedSearch {
  return { outcome, original, document, timeout: null, personalized: null, explain };
}
