// Explain: beside each hit, which affinities moved it, by how much, and where it would stand without them.
import { z } from 'zod';
import type { Boost, BoostPlan } from '../../core/boost-plan/boost-plan.js';
import { type ScanOutcome, scanDocument } from '../../query/json/json-document.js';

const hitSchema = z.object({
  _id: z.string(),
  // Elasticsearch 8.8 and later can answer names with scores; then it is an object
  matched_queries: z
    .union([
      z.array(z.string()),
      z.record(z.string(), z.unknown()).transform((scores) => Object.keys(scores)),
    ])
    .default([]),
});
const answerSchema = z.object({ hits: z.object({ hits: z.array(hitSchema) }) });

export interface ExplainedHit {
  readonly _id: string;
  /** place in the whole list, from 1; behind a `search_after`, on its page */
  readonly rank: number;
  /** place without personalization; null when it is not among the hits that were compared */
  readonly rank_without: number | null;
  /** what its score was multiplied by */
  readonly boost: number;
  readonly affinities: readonly Omit<Boost, 'categories' | 'range'>[];
}

export interface ExplainInput {
  /** the engine's answer to the named, personalized request, as received */
  readonly answer: Buffer;
  /** ids in the order without personalization, from rank 1; null when that is the answer's own */
  readonly plainOrder: readonly string[] | null;
  readonly from: number;
  readonly plan: BoostPlan | null;
  readonly multiValuedFields: readonly string[];
}

/** Ids of an answer's hits, in order; empty when it has none (an error, or `filter_path`). */
export function hitIds(answer: Buffer): string[] {
  return parseHits(answer).map(({ _id }) => _id);
}

/** The engine's answer with `ext.kindred: { plan, hits }` spliced in front, beside what else its `ext` has; its own bytes stay. */
export function explainAnswer(input: ExplainInput): Buffer {
  const scan = scanAnswer(input.answer);
  if (!scan.ok) return input.answer;
  const kindred = JSON.stringify({ plan: input.plan?.boosts ?? [], hits: explainHits(input) });
  const { document } = scan;
  const edits = document.has('ext')
    ? document.insertMembers(['ext'], { kindred })
    : document.insertMembers([], { ext: `{"kindred":${kindred}}` });
  return document.edited(edits).bytes;
}

/** An answer may be larger and deeper than what a caller may send. */
export function scanAnswer(answer: Buffer): ScanOutcome {
  return scanDocument(answer, { maxDepth: 1_000, maxBytes: Number.POSITIVE_INFINITY });
}

/** What moved each hit, in the answer's order; empty when it has none. */
export function explainHits(input: ExplainInput): ExplainedHit[] {
  const ranks = input.plainOrder && new Map(input.plainOrder.map((id, position) => [id, position + 1]));
  return parseHits(input.answer).map(({ _id, matched_queries }, position) => {
    const affinities = fired(matched_queries, input);
    const rank = input.from + position + 1;
    return {
      _id,
      rank,
      rank_without: ranks ? (ranks.get(_id) ?? null) : rank,
      boost: multiplier(affinities, input),
      affinities,
    };
  });
}

/** As the engine multiplies: the plan's guard holds for all fields of one value together, and for each of several. */
function multiplier(
  affinities: ExplainedHit['affinities'],
  { plan, multiValuedFields }: ExplainInput,
): number {
  const most = plan?.maxBoost ?? Number.POSITIVE_INFINITY;
  const of = (several: boolean) =>
    affinities.filter(({ field }) => multiValuedFields.includes(field) === several);
  const single = of(false).reduce((product, { factor }) => product * factor, 1);
  return of(true).reduce((product, { factor }) => product * Math.min(factor, most), Math.min(single, most));
}

/** The boosts that count, strongest effect first: of a multi-valued field the strongest alone, as in the engine. */
function fired(names: readonly string[], { plan, multiValuedFields }: ExplainInput) {
  const matched = names
    .flatMap((name) => (name.startsWith('kindred:') ? [plan?.boosts[Number(name.slice(8))]] : []))
    .filter((boost) => boost !== undefined)
    .sort((a, b) => b.factor - a.factor);
  return matched
    .filter(({ field }, at) => {
      const strongest = matched.findIndex((boost) => boost.field === field);
      return strongest === at || !multiValuedFields.includes(field);
    })
    .sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor)))
    .map(({ categories: _, range: __, ...affinity }) => affinity);
}

function parseHits(answer: Buffer): z.infer<typeof hitSchema>[] {
  try {
    return answerSchema.parse(JSON.parse(answer.toString())).hits.hits;
  } catch {
    return [];
  }
}
