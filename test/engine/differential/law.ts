// What a personalized answer must be, told by the plain answer to the same search and by the products alone.
import { isDeepStrictEqual } from 'node:util';
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

/** `_score`, or what stands for it in `sort` where the engine leaves it out. */
export function scoreOf({ _score, sort }: Hit): number | null {
  if (typeof _score === 'number') return _score;
  const [first] = sort ?? [];
  return typeof first === 'number' ? first : null;
}

function brokenScores(search: Case, all: readonly Hit[], hits: readonly Hit[]): string | null {
  const { body } = search;
  const scores = hits.flatMap((hit) => scoreOf(hit) ?? []);
  // The shop's own rescoring mixes what was multiplied with what was not, and orders no more than its window.
  if ('rescore' in body) return null;
  const jump = scores.findIndex((score, i) => i > 0 && score > (scores[i - 1] ?? 0));
  if (jump > 0) return `hit ${jump} scores more than the one before it: ${scores}`;
  // Without ids, what the boost of an index did to a query that only filters cannot be told.
  if ('indices_boost' in body && hits.some(({ _id }) => _id === undefined)) return null;
  const expected = expectedScores(search, all, hits);
  for (const hit of hits) {
    const score = scoreOf(hit);
    const right = expected.get(hit._id ?? '');
    if (score === null || right === undefined) continue;
    if (!near(score, right)) return `${hit._id} scores ${score}, not ${right}`;
  }
  const { max_score } = search.personal.hits ?? {};
  const best = Math.max(...expected.values());
  if (
    scores.length > 0 &&
    typeof max_score === 'number' &&
    !('collapse' in body || 'search_after' in body) &&
    !near(max_score, best)
  )
    return `max_score is ${max_score}, not ${best}`;
  if (scores.length < hits.length) return null;
  return brokenPage(
    search,
    collapsed(search, expected).sort((a, b) => b - a),
    scores,
  );
}

/**
 * The plain score times the multiplier. Where the query scores every hit 0 there is nothing to multiply: the
 * multiplier is the score then (in a wrapped query times the boost of the index), or all stay 0.
 */
function expectedScores(
  { body, multiplier }: Case,
  all: readonly Hit[],
  hits: readonly Hit[],
): Map<string, number> {
  const nothing =
    all.every(({ _score }) => _score === 0) && hits.every((hit) => (scoreOf(hit) ?? 1) > NOTHING);
  const [first] = hits;
  const ofIndex =
    nothing && 'indices_boost' in body && first?._id ? (scoreOf(first) ?? 1) / multiplier(first._id) : 1;
  return new Map(
    all.map(({ _id = '', _score }) => [_id, (nothing ? ofIndex : (_score ?? 1)) * multiplier(_id)]),
  );
}

/** The best score of each group where hits are collapsed, else all. */
function collapsed({ body, valueIn }: Case, scores: ReadonlyMap<string, number>): number[] {
  const { field }: { field?: unknown } = Object(body.collapse);
  if (typeof field !== 'string') return [...scores.values()];
  const best = new Map<string | undefined, number>();
  for (const [id, score] of scores) {
    const value = valueIn(id, field);
    best.set(value, Math.max(score, best.get(value) ?? 0));
  }
  return [...best.values()];
}

/** The page holds what stands at its places when all matches are ranked by score. */
function brokenPage(
  { body, parameters }: Case,
  ranked: readonly number[],
  scores: readonly number[],
): string | null {
  const from = Number(parameters.from ?? body.from ?? 0);
  const [after] = Array.isArray(body.search_after) ? body.search_after : [];
  if (typeof after === 'number')
    return brokenPageAfter(after, Number(body.size ?? DEFAULT_SIZE), ranked, scores);
  const place = scores.findIndex((score, i) => !near(score, ranked[from + i] ?? Number.NaN));
  return place < 0
    ? null
    : `at place ${from + place} the score is ${scores[place]}, not ${ranked[from + place]}`;
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
