// Explain, hit by hit: which boosts moved a hit, by how much, and where it would stand without them.
import { z } from 'zod';
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';
import { because } from '../../core/explain/because.js';
import {
  type Contrast,
  contrastHits,
  type Evidence,
  type MatchedBoost,
} from '../../core/explain/contrast.js';
import type { ExactName } from '../../query/boosts/exact-name.js';

const hitSchema = z.object({
  _id: z.string(),
  // Elasticsearch 8.8 and later can give names with scores; then it is an object.
  matched_queries: z
    .union([
      z.array(z.string()),
      z.record(z.string(), z.unknown()).transform((scores) => Object.keys(scores)),
    ])
    .default([]),
});
const responseSchema = z.object({ hits: z.object({ hits: z.array(hitSchema) }) });

export interface ExplainedHit extends Contrast {
  readonly _id: string;
  /** place in the whole list, from 1; behind a `search_after`, on its page */
  readonly rank: number;
  /** place without personalization; null when it is not among the hits that were compared */
  readonly rank_without: number | null;
  /** what its score was multiplied by */
  readonly boost: number;
  readonly affinities: readonly MatchedBoost[];
  /** the factor, which is in `boost`, of a hit that the search names by title, id or code */
  readonly named?: number;
  /** why it stands where it stands, against the others of this response; absent where nothing was personalized */
  readonly sentence?: string;
}

export interface ExplainInput {
  /** the engine's response to the personalized request whose filters are named, as received */
  readonly response: Buffer;
  /** ids in the order without personalization, from rank 1; null when that is the response's own */
  readonly baseline: readonly string[] | null;
  readonly from: number;
  /** null when the request was not personalized */
  readonly plan: BoostPlan | null;
  readonly multiValuedFields: readonly string[];
  /** what keeps the product that the search names in front */
  readonly named?: ExactName;
  /** what a boost rests on, where that is known */
  readonly evidence?: ((boost: MatchedBoost) => Evidence | undefined) | undefined;
}

/** Ids of a response's hits, in order; empty when it has none (an error, or `filter_path`). */
export function hitIds(response: Buffer): string[] {
  return parseHits(response).map(({ _id }) => _id);
}

/** In the response's order; empty when it has no hits. Reasons are told against the average of these very hits. */
export function explainHits(input: ExplainInput): ExplainedHit[] {
  const ranks = input.baseline && new Map(input.baseline.map((id, position) => [id, position + 1]));
  const hits = parseHits(input.response).map(({ _id, matched_queries }, position) => {
    const affinities = matchedBoosts(matched_queries, input);
    const named = input.named?.find(({ name }) => matched_queries.includes(name))?.factor;
    const rank = input.from + position + 1;
    return {
      _id,
      rank,
      rank_without: ranks ? (ranks.get(_id) ?? null) : rank,
      boost: multiplier(affinities, input) * (named ?? 1),
      affinities,
      ...(named !== undefined && { named }),
    };
  });
  const contrasts = contrastHits(hits, input.evidence);
  return hits.map((hit, position) => {
    const { relative = 1, reasons = [] } = contrasts[position] ?? {};
    const moved = { rank: hit.rank, rankWithout: hit.rank_without, relative, reasons };
    return { ...hit, relative, reasons, ...(input.plan && { sentence: because(moved) }) };
  });
}

/**
 * As the engine multiplies: the plan's `maxBoost` bounds the product over all single-valued fields, and each
 * multi-valued field by itself.
 */
function multiplier(
  affinities: ExplainedHit['affinities'],
  { plan, multiValuedFields }: ExplainInput,
): number {
  const max = plan?.maxBoost ?? Number.POSITIVE_INFINITY;
  const where = (multiValued: boolean) =>
    affinities.filter(({ field }) => multiValuedFields.includes(field) === multiValued);
  const single = where(false).reduce((product, { factor }) => product * factor, 1);
  return where(true).reduce((product, { factor }) => product * Math.min(factor, max), Math.min(single, max));
}

/** Strongest effect first; of a multi-valued field the strongest alone, as in the engine. */
function matchedBoosts(names: readonly string[], { plan, multiValuedFields }: ExplainInput) {
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

function parseHits(response: Buffer): z.infer<typeof hitSchema>[] {
  try {
    return responseSchema.parse(JSON.parse(response.toString())).hits.hits;
  } catch {
    return [];
  }
}
