// The ranking mix: how much relevance, performance, merchandising and personalization count, and the exponents they become.

/** Shares of 100. */
export interface RankingMix {
  readonly relevance: number;
  readonly performance: number;
  readonly merchandising: number;
  readonly personalization: number;
}

/** Merchandising and personalization count once each; performance does not count. */
export const SHIPPED_MIX: RankingMix = {
  relevance: 50,
  performance: 0,
  merchandising: 25,
  personalization: 25,
};

/** Of a signal beside no relevance at all. A signal that has half of relevance's share counts once. */
const MAX_EXPONENT = 3;

/**
 * score = relevance · performance^a · merchandising^b · personalization^c, each exponent 3 · w / (w + relevance): 0 for a
 * signal without a share, 1 for one with half of relevance's, at most 3. It grows with the signal's share and falls with
 * relevance's. Without a share of its own, relevance does not count: the engine's score is left out.
 */
export function rankingExponents({ relevance, performance, merchandising, personalization }: RankingMix) {
  const exponent = (share: number) => (share === 0 ? 0 : (MAX_EXPONENT * share) / (share + relevance));
  return {
    performance: exponent(performance),
    merchandising: exponent(merchandising),
    personalization: exponent(personalization),
  };
}
