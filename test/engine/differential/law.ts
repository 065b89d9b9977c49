// What a personalized answer must be, told by the plain answer to the same search and by the products alone.
import { isDeepStrictEqual } from 'node:util';
import { INDEX_BOOST } from './search-parts.js';
import { groupPlaces, keysBeforeScore } from './sort-groups.js';
import type { JsonObject } from './spelling.js';

export interface Hit {
  readonly _id?: string;
  readonly _score?: number | null;
  readonly sort?: readonly unknown[];
  readonly [member: string]: unknown;
}
interface Hits {
  readonly max_score?: number | null;
  readonly hits?: readonly Hit[];
  readonly [member: string]: unknown;
}
export interface SearchAnswer {
  readonly hits?: Hits;
  readonly [member: string]: unknown;
}

export interface Case {
  readonly body: JsonObject;
  readonly parameters: Readonly<Record<string, string>>;
  /** the answer without personalization */
  readonly plain: SearchAnswer;
  readonly personal: SearchAnswer;
  /** every match that can be personalized, with its plain score; null where the engine cannot tell */
  readonly all: readonly Hit[] | null;
  readonly multiplier: (id: string) => number;
  /** a product's one value of a field */
  readonly valueIn: (id: string, field: string) => string | undefined;
}

/** Scores are 32-bit floats that were multiplied a few times. */
const TOLERANCE = 1e-5;

const DEFAULT_SIZE = 10;

/** Elasticsearch's retrievers score by the smallest float what scores 0. */
const NOTHING = 1e-40;

const near = (a: number, b: number) =>
  Math.abs(a - b) <= Math.max(NOTHING, TOLERANCE * Math.max(Math.abs(a), Math.abs(b)));

/** What of the law is broken, in words; null when it holds. */
export function broken(search: Case): string | null {
  const { plain, personal } = search;
  return (
    unlike('the answer beside its hits', besideHits(plain), besideHits(personal)) ??
    (search.all === null ? null : brokenHits(search, search.all))
  );
}

function unlike(what: string, expected: unknown, received: unknown): string | null {
  if (isDeepStrictEqual(expected, received)) return null;
  return `${what}: expected ${JSON.stringify(expected)}, received ${JSON.stringify(received)}`;
}

/** Totals, shards, aggregations, suggestions. A window makes `terminate_after` count more hits before it stops. */
function besideHits({ hits, took, terminated_early, _scroll_id, pit_id, ...rest }: SearchAnswer) {
  const { hits: list, max_score, ...totals } = hits ?? {};
  return { ...rest, totals };
}

function brokenHits(search: Case, all: readonly Hit[]): string | null {
  const hits = search.personal.hits?.hits ?? [];
  const plain = search.plain.hits?.hits ?? [];
  // Behind the same score there are others when scores are others.
  if (hits.length !== plain.length && !('search_after' in search.body))
    return `${hits.length} hits, not ${plain.length}`;
  const known = new Map(all.map((hit) => [hit._id ?? '', hit]));
  // `filter_path` and the like may leave nothing to compare.
  const seen = hits.filter(({ _id }) => _id !== undefined);
  const stranger = seen.find(({ _id = '' }) => !known.has(_id));
  if (stranger) return `${stranger._id} is no match of the search`;
  if (new Set(seen.map(({ _id }) => _id)).size < seen.length) return 'a hit comes twice';
  return brokenContent(search, known, seen) ?? brokenScores(search, all, hits);
}

const OF_RANKING = new Set(['_score', 'sort', '_explanation', 'inner_hits', '_shard', '_node']);

/** A hit is the hit it was: source, fields, highlights, versions, named queries. */
function brokenContent(
  { body, parameters }: Case,
  known: ReadonlyMap<string, Hit>,
  hits: readonly Hit[],
): string | null {
  if ('stored_fields' in body || 'stored_fields' in parameters) return null;
  for (const hit of hits)
    for (const [member, value] of Object.entries(hit)) {
      // `collapse` adds its own field's value, and a rescore its own named queries.
      if (OF_RANKING.has(member) || (member === 'fields' && 'collapse' in body)) continue;
      if (member === 'matched_queries' && 'rescore' in body) continue;
      const wrong = unlike(`${member} of ${hit._id}`, known.get(hit._id ?? '')?.[member], value);
      if (wrong) return wrong;
    }
  return null;
}

/** `_score`, or what stands for it in `sort` where the engine leaves it out, behind so many other keys. */
function scoreOf({ _score, sort }: Hit, keys: number): number | null {
  if (typeof _score === 'number') return _score;
  const value = sort?.[keys];
  return typeof value === 'number' ? value : null;
}

function brokenScores(search: Case, all: readonly Hit[], hits: readonly Hit[]): string | null {
  const { body, parameters } = search;
  const keys = keysBeforeScore(body, parameters);
  const places = groupPlaces(all, keys);
  const placed = hits.flatMap(({ _id = '', ...hit }): Placed[] => {
    const [score, place] = [scoreOf(hit, keys), keys === 0 ? 0 : places.get(_id)];
    return score === null || place === undefined ? [] : [{ _id, score, place }];
  });
  // The shop's own rescoring mixes what was multiplied with what was not, and orders no more than its window.
  if ('rescore' in body) return null;
  const jump = placed.findIndex((hit, i) => i > 0 && isBehind(placed[i - 1] ?? hit, hit));
  if (jump > 0) return `hit ${jump} stands before the one before it: ${JSON.stringify(placed)}`;
  // Without ids, what became of hits that scored 0 cannot be told.
  if (all.some(isZero) && hits.some(({ _id }) => _id === undefined)) return null;
  const expected = expectedScores(search, all, placed);
  for (const { _id, score } of placed) {
    const right = expected.get(_id);
    if (right !== undefined && !near(score, right)) return `${_id} scores ${score}, not ${right}`;
  }
  const { max_score } = search.personal.hits ?? {};
  const best = Math.max(...expected.values());
  if (
    placed.length > 0 &&
    typeof max_score === 'number' &&
    !('collapse' in body || 'search_after' in body) &&
    !near(max_score, best)
  )
    return `max_score is ${max_score}, not ${best}`;
  if (placed.length < hits.length || (keys > 0 && 'search_after' in body)) return null;
  const ranked = [...expected].map(([_id, score]) => ({ _id, score, place: places.get(_id) ?? 0 }));
  return brokenPage(
    search,
    collapsed(
      search,
      ranked.sort((a, b) => a.place - b.place || b.score - a.score),
    ),
    placed,
  );
}

/** A hit with the place of its group: by sort keys in front of the score, which all hits share where there are none. */
interface Placed {
  readonly _id: string;
  readonly score: number;
  readonly place: number;
}

const isBehind = (a: Placed, b: Placed) => a.place > b.place || (a.place === b.place && a.score < b.score);

const isZero = ({ _score }: Hit) => typeof _score === 'number' && _score < NOTHING;

/** What scores 0 is ranked by the multiplier, times this; where all hits do, also by the multiplier alone. */
const NEXT_TO_NOTHING = 1e-30;

/**
 * The plain score times the multiplier. Where the query scores 0 there is nothing to multiply: the multiplier counts
 * alone then (in a wrapped query times the boost of the index). The smallest float times anything is as good as 0.
 */
function expectedScores(
  { body, multiplier }: Case,
  all: readonly Hit[],
  hits: readonly Placed[],
): Map<string, number> {
  const zeros = new Set(all.filter(isZero).map(({ _id }) => _id));
  const seen = hits.find(({ _id }) => zeros.has(_id));
  const base = seen ? seen.score / multiplier(seen._id) : 0;
  const smallest = 'retriever' in body ? [0] : [];
  const known = [NEXT_TO_NOTHING, ...smallest, ...(zeros.size === all.length ? [1] : [])].flatMap((score) =>
    'indices_boost' in body ? [score, score * INDEX_BOOST] : score,
  );
  const zero = known.find((one) => near(one, base)) ?? Number.NaN;
  return new Map(
    all.flatMap(({ _id = '', _score }): [string, number][] => {
      if (zeros.has(_id) && seen) return [[_id, zero * multiplier(_id)]];
      // Behind others they take up their places where none is seen, too; where all score 0, which of the two it is nobody knows.
      if (zeros.has(_id)) return zeros.size < all.length ? [[_id, NEXT_TO_NOTHING * multiplier(_id)]] : [];
      return [[_id, ((_score ?? 1) + NEXT_TO_NOTHING) * multiplier(_id)]];
    }),
  );
}

/** The first hit of each group where hits are collapsed, else all. */
function collapsed({ body, valueIn }: Case, ranked: readonly Placed[]): readonly Placed[] {
  const { field }: { field?: unknown } = Object(body.collapse);
  if (typeof field !== 'string') return ranked;
  const seen = new Set<string | undefined>();
  return ranked.filter(({ _id }) => {
    const value = valueIn(_id, field);
    return !seen.has(value) && seen.add(value);
  });
}

/** The page holds what stands at its places when all matches are ranked. */
function brokenPage(
  { body, parameters }: Case,
  ranked: readonly Placed[],
  hits: readonly Placed[],
): string | null {
  const from = Number(parameters.from ?? body.from ?? 0);
  const [after] = Array.isArray(body.search_after) ? body.search_after : [];
  if (typeof after === 'number') {
    const [all, scores] = [ranked, hits].map((list) => list.map(({ score }) => score));
    return brokenPageAfter(after, Number(body.size ?? DEFAULT_SIZE), all ?? [], scores ?? []);
  }
  const at = hits.findIndex(({ score, place }, i) => {
    const right = ranked[from + i];
    return place !== right?.place || !near(score, right.score);
  });
  return at < 0
    ? null
    : `at place ${from + at} is ${JSON.stringify(hits[at])}, not ${JSON.stringify(ranked[from + at])}`;
}

/** Hits of the very score that was given may be behind it or not: that is for the next sort key to say. */
function brokenPageAfter(
  after: number,
  size: number,
  ranked: readonly number[],
  scores: readonly number[],
): string | null {
  const surely = ranked.filter((score) => score < after && !near(score, after)).slice(0, size);
  if (scores.length < surely.length) return `${scores.length} hits, not ${surely.length}`;
  const place = scores.findIndex(
    (score, i) =>
      (score > after && !near(score, after)) || (score < (surely[i] ?? 0) && !near(score, surely[i] ?? 0)),
  );
  return place < 0 ? null : `hit ${place} scores ${scores[place]}, not between ${surely[place]} and ${after}`;
}
