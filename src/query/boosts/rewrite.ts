// Puts a boost plan, as `function_score`, into a search body by splicing: every byte of the original request stays.
import { boostLists, factorDigits, isLong } from '../../core/boost-plan/binary-factors.js';
import { type Boost, leastMultiplier } from '../../core/boost-plan/boost-plan.js';
import type { ZeroScores } from '../facts/zero-scores.js';
import type { Edit, JsonDocument } from '../json/json-document.js';
import type { Placement } from '../placement/placement.js';
import type { PlacementSite } from '../placement/placement-sites.js';
import { type BoostScript, boostScript, isScriptable } from './boost-script.js';
import {
  type BoostFilterOptions,
  boostFilters,
  type FilteredBoosts,
  factorText,
  isSendable,
  maxBoostText,
} from './boost-text.js';
import { type ExactName, nameFilterTexts, withExactName } from './exact-name.js';

export interface BoostQueryOptions extends BoostFilterOptions {
  /** fields in which a product has several values: only the strongest matching one counts */
  readonly multiValuedFields: readonly string[];
  /** multiplies the boosts on fields it can read; absent: all boosts are functions */
  readonly script?: BoostScript | undefined;
}

/** A boost with its position in the plan. */
type PlacedBoost = readonly [position: number, boost: Boost];

/** The text before and behind an inner query. */
export type Frame = readonly [before: string, after: string];

export interface RewriteInput extends BoostQueryOptions {
  readonly body: JsonDocument;
  /** from `choosePlacement`, on facts read from the same body */
  readonly placement: Placement;
  /** the product that the search names */
  readonly exactName?: ExactName;
  /** of the plan: its text is rendered once for each form in which it is sent */
  readonly frames?: ((form: readonly unknown[], render: () => Frame) => Frame) | undefined;
}

const MATCH_ALL = '{"match_all":{}}';
/** More than what scores, 32-bit floats, lose by rounding. */
const BEHIND_WINDOW = 0.999;
/**
 * The body that ranks by `_score` × the plan's multiplier, over the same hits. A search without a query matches all,
 * as in the engine. A plan with nothing to send gives the same bytes.
 */
export function rewriteSearch(input: RewriteInput): Buffer {
  const { body, placement, plan, categoryField, multiValuedFields, script } = input;
  const names = input.names && placement.placement !== 'parts';
  const render = () => boostFrame({ plan, categoryField, multiValuedFields, script, names });
  const form = [plan, categoryField, multiValuedFields, names, script?.id, script?.idField, script?.fields];
  const frame = input.frames ? input.frames(form, render) : render();
  const edits = () => boostEdits(input, withExactName(frame, input.exactName, names));
  return frame[0] === '' ? body.bytes : body.edited(edits()).bytes;
}

function boostEdits(input: RewriteInput, frame: Frame): Edit[] {
  const { body, placement } = input;
  switch (placement.placement) {
    case 'rescore':
      return rescored(body, rescorers(frame, placement.window, placement.zeros, leastMultiplier(input.plan)));
    case 'wrap':
      return wrapped(body, framed(frame, placement.zeros));
    case 'parts':
      return [
        ...defaultSize(body, placement.sites),
        ...placement.sites.flatMap((site) => siteEdits(body, site, frame)),
        ...(input.names ? attributed(input) : []),
      ];
  }
}

/**
 * Where some hits score 0 there is nothing to multiply, so a score that counts only there is added first: less than any
 * float above it tells apart. It leaves room below for the multiplier, and above 0 for scores that nearly are.
 */
const ALMOST_NOTHING = '{"match_all":{"boost":1e-30}}';

/**
 * One rescorer, or two that are items of a list.
 * @param least what the boosts multiply a score by at least. Where that is below 1, hits behind the window count a little
 *   less still: none of them moves into it on pages that reach behind it, so that all pages are one list
 */
function rescorers([before, after]: Frame, window: number, zeros: ZeroScores, least = 1): readonly string[] {
  const rescorer = (query: string, mode: 'multiply' | 'total', weights = '') =>
    `{"window_size":${window},"query":{"rescore_query":${query},"score_mode":"${mode}"${weights}}}`;
  const boosts = before + MATCH_ALL + after;
  if (zeros === 'all') return [rescorer(boosts, 'total')];
  const weight = least * BEHIND_WINDOW;
  const weights =
    least < 1 ? `,"query_weight":${factorText(weight)},"rescore_query_weight":${factorText(1 / weight)}` : '';
  const multiplied = rescorer(boosts, 'multiply', weights);
  return zeros === 'some' ? [rescorer(ALMOST_NOTHING, 'total'), multiplied] : [multiplied];
}

/** The value of a `rescore` that has no others. */
function rescoreValue(rescorers: readonly string[]): string {
  return rescorers.length === 1 ? rescorers.join() : `[${rescorers}]`;
}

/** What stands around a query. One that scores every hit 0 only filters what scores 1. */
function framed([before, after]: Frame, zeros: ZeroScores): Frame {
  switch (zeros) {
    case 'none':
      return [before, after];
    case 'some':
      return [`${before}{"bool":{"must":[${ALMOST_NOTHING},`, `]}}${after}`];
    case 'all':
      return [`${before}{"bool":{"must":${MATCH_ALL},"filter":`, `}}${after}`];
  }
}

/** The caller's own rescoring stays last. */
function rescored(body: JsonDocument, rescorers: readonly string[]): Edit[] {
  const ours = rescorers.join(',');
  if (!body.has('rescore')) return body.insertMembers([], { rescore: rescoreValue(rescorers) });
  return Array.isArray(body.value('rescore'))
    ? body.insertItem(['rescore'], ours)
    : body.wrapValue(['rescore'], `[${ours},`, ']');
}

/** Names inside of parts do not come back; a `post_filter` that lets every hit pass brings them. */
function attributed(input: RewriteInput): Edit[] {
  const { body, exactName } = input;
  const named = `,"should":[${[...nameFilterTexts(exactName), ...namedFilters(input)]}]}}`;
  return body.has('post_filter')
    ? body.wrapValue(['post_filter'], '{"bool":{"must":', named)
    : body.insertMembers([], { post_filter: `{"bool":{"must":${MATCH_ALL}${named}` });
}

/** A `min_score` goes inside, where it sees the query's own scores and lets the same hits pass. */
function wrapped(body: JsonDocument, [before, after]: Frame): Edit[] {
  const queried = body.has('query');
  if (!body.has('min_score'))
    return queried
      ? body.wrapValue(['query'], before, after)
      : body.insertMembers([], { query: before + MATCH_ALL + after });
  const floor = body.text('min_score');
  const inner: Frame = [`${before}{"function_score":{"min_score":${floor},"query":`, `}}${after}`];
  return queried
    ? [...body.wrapValue(['query'], ...inner), ...body.removeMembers([], new Set(['min_score']))]
    : body.replaceMember('min_score', `"query":${inner.join(MATCH_ALL)}`);
}

/** Where no `size` is said, these retrievers bring 10 hits; a `rescorer` around them would bring its window. */
function defaultSize(body: JsonDocument, sites: readonly PlacementSite[]): Edit[] {
  const outermost = sites.some(({ path, window }) => path.length === 1 && window !== null);
  if (!outermost || body.has('size')) return [];
  const brings10 = ['standard', 'knn'].some((type) => body.span('retriever', type));
  return brings10 ? body.insertMembers([], { size: '10' }) : [];
}

function siteEdits(body: JsonDocument, site: PlacementSite, frame: Frame): Edit[] {
  const { path, window, zeros, bare } = site;
  if (window === null)
    return bare
      ? body.insertMembers(path, { query: frame.join(MATCH_ALL) })
      : body.wrapValue(path, ...framed(frame, zeros));
  const rescore = rescoreValue(rescorers(frame, window, zeros));
  return [
    ...body.wrapValue(path, '{"rescorer":{"retriever":', `,"rescore":${rescore}}}`),
    ...(bare ? body.insertMembers([...path, 'standard'], { query: MATCH_ALL }) : []),
  ];
}

/**
 * Renders what goes around an inner query, whose own bytes stay where they are: together they are a query that multiplies
 * the inner one's score by the factor of every boost that matches the product. Fields with one value share one
 * `function_score`, where all matching functions multiply; each multi-valued field has its own inside it, strongest
 * first, where the first match alone counts. Both texts are empty when the plan has nothing to send.
 */
export function boostFrame(options: BoostQueryOptions): Frame {
  const { plan, multiValuedFields, script } = options;
  const sent = sendable(options);
  const scripted = new Set(script ? sent.filter(([, boost]) => isScriptable(boost, script, options)) : []);
  const others = sent.filter((one) => !scripted.has(one));
  const grouped = plan.rounded === true && !options.names;
  const multiValued = [...new Set(multiValuedFields)].map((field) => {
    const boosts = others
      .filter(([, boost]) => boost.field === field)
      .sort(([, a], [, b]) => b.factor - a.factor);
    return grouped ? ofEqualFactors(boosts) : boosts.map(alone);
  });
  const single = others.filter(([, { field }]) => !multiValuedFields.includes(field));
  const levels = [
    { mode: 'multiply', functions: grouped ? inDigits(single) : single.map(alone) },
    ...multiValued.map((functions) => ({ mode: 'first', functions })),
  ].filter(({ functions }) => functions.length > 0);
  const max = maxBoostText(plan.maxBoost);
  const filter = boostFilters(options);
  const heads = levels.map((level) => {
    const { mode } = level;
    const functions = level.functions.map(
      (boosted) => `{"filter":${filter(boosted)},"weight":${factorText(boosted.factor)}}`,
    );
    return `{"function_score":{"functions":[${functions.join(',')}],"score_mode":"${mode}","boost_mode":"multiply","max_boost":${max},"query":`;
  });
  if (script && scripted.size > 0) {
    const boosts = [...scripted].map(([, boost]) => boost);
    const scores = boostScript(boosts, script, options);
    heads.push(`{"function_score":{"script_score":${scores},"boost_mode":"multiply","query":`);
  }
  return [heads.join(''), '}}'.repeat(heads.length)];
}

/** The filters of all boosts, always named, for a hit's `matched_queries`. */
export function namedFilters(options: BoostFilterOptions): readonly string[] {
  const filter = boostFilters({ ...options, names: true });
  return sendable(options).map((placed) => filter(alone(placed)));
}

/** A function of a `function_score`: what it multiplies the products of its boosts by. */
interface BoostFunction extends FilteredBoosts {
  readonly factor: number;
}

function alone([position, boost]: PlacedBoost): BoostFunction {
  return { boost, values: [boost.value], position, factor: boost.factor };
}

/** A product has one value of a field: the digits of its factor multiply. */
function inDigits(placed: readonly PlacedBoost[]): BoostFunction[] {
  const positions = new Map(placed.map(([position, boost]) => [boost, position]));
  return boostLists(placed.map(([, boost]) => boost)).flatMap((list) =>
    isLong(list)
      ? factorDigits(list).flatMap(({ boosts, factor }) => together(boosts, factor))
      : list.map((boost) => alone([positions.get(boost) ?? 0, boost])),
  );
}

/** Of several values the strongest counts: those of one factor are as good as each other. */
function ofEqualFactors(placed: readonly PlacedBoost[]): BoostFunction[] {
  const groups = new Map<string, readonly Boost[]>();
  for (const [, boost] of placed) {
    const key = JSON.stringify([boost.factor, boost.categories, boost.range]);
    groups.set(key, [...(groups.get(key) ?? []), boost]);
  }
  return [...groups.values()].flatMap((boosts) => together(boosts, boosts[0]?.factor ?? 1));
}

function together(boosts: readonly Boost[], factor: number): BoostFunction[] {
  const [boost] = boosts;
  return boost ? [{ boost, values: boosts.map(({ value }) => value), position: 0, factor }] : [];
}

function sendable({ plan }: BoostFilterOptions): readonly PlacedBoost[] {
  return [...plan.boosts.entries()].filter(([, { factor }]) => isSendable(factor));
}
