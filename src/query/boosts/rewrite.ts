// Puts a boost plan, as `function_score`, into a search body by splicing: every byte of the original request stays.
import { type MultiplierBounds, multiplierBounds } from '../../core/boost-plan/multiplier-bounds.js';
import type { ZeroScores } from '../facts/zero-scores.js';
import type { Edit, JsonDocument } from '../json/json-document.js';
import type { Placement } from '../placement/placement.js';
import type { PlacementSite } from '../placement/placement-sites.js';
import { type BoostQueryOptions, boostFrame, type Frame, namedFilters } from './boost-frame.js';
import { factorText } from './boost-text.js';
import { type ExactName, nameFilterTexts, withExactName } from './exact-name.js';

export interface RewriteInput extends BoostQueryOptions {
  readonly body: JsonDocument;
  /** from `choosePlacement`, on facts read from the same body */
  readonly placement: Placement;
  /** the product that the search names */
  readonly exactName?: ExactName;
  /** of the plan, where they are known */
  readonly bounds?: MultiplierBounds | undefined;
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
  const { body, placement, plan, categoryField, multiValuedFields, nested, script } = input;
  const names = input.names && placement.placement !== 'parts';
  const render = () => boostFrame({ plan, categoryField, multiValuedFields, nested, script, names });
  const { id, idField, fields } = script ?? {};
  const form = [plan, categoryField, multiValuedFields, nested, names, id, idField, fields];
  const frame = input.frames ? input.frames(form, render) : render();
  const edits = () => boostEdits(input, withExactName(frame, input.exactName, names));
  return frame[0] === '' ? body.bytes : body.edited(edits()).bytes;
}

function boostEdits(input: RewriteInput, frame: Frame): Edit[] {
  const { body, placement } = input;
  switch (placement.placement) {
    case 'rescore': {
      const { least } = input.bounds ?? multiplierBounds(input.plan.boosts);
      return rescored(body, rescorers(frame, placement.window, placement.zeros, least));
    }
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
