// The quality of a version that is saved without a training: read from what the last training measured at other impacts.
import { TRAINING_MEASURES } from './measures.js';
import type { Model } from './model.js';
import type { Difference, MeasuredQuality, Quality } from './quality-schema.js';
import { judgeQuality, notJudged } from './quality-verdict.js';

/** Measured by every training beside the impact of the model, so that any impact lies between two of them. */
export const JUDGED_IMPACTS: readonly number[] = [0, 25, 50, 75, 100];

/** Of the serving version from itself. */
const NO_DIFFERENCE: Difference = { mean: 0, ci95: [0, 0] };

type Point = NonNullable<MeasuredQuality['impacts']>[number];

interface Trained {
  readonly version: number;
  readonly config: Model;
  readonly quality?: Quality;
  readonly active: boolean;
}

/**
 * Between two measured impacts, a version is worse when it is at either of them, and better when it is at both; the
 * numbers are those of the nearer one. Other switches than those of the session were not measured.
 * @param trained a version with profiles of its own: its settings, what its training found, and whether it serves now: then the
 *   wanted settings are compared with it
 * @param wanted the same settings but for the impact, the switches of profiles and the name
 */
export function qualityOfSettings(trained: Trained, wanted: Model): Quality {
  const { config, quality } = trained;
  if (!quality) return notJudged('its profiles were trained before versions were judged');
  const switched = (['individual', 'group'] as const).some(
    (profile) => config.profiles[profile] !== wanted.profiles[profile],
  );
  if (switched) return notJudged('it was not measured with these profiles; a training judges it');
  if (!quality.measured || config.impact === wanted.impact) return quality;
  return qualityAt(pointsOf(trained, quality.measured), wanted);
}

/** What was measured at each impact, the lowest first. */
function pointsOf(
  { version, config, active }: Trained,
  { impacts = [], ...measured }: MeasuredQuality,
): MeasuredQuality[] {
  const own: Point = { impact: config.impact, sets: measured.sets, vsOwn: {} };
  const points = [own, ...impacts].map(({ impact, sets, vsOwn }): MeasuredQuality => {
    if (!active) return { ...measured, impact, sets };
    const compared = TRAINING_MEASURES.flatMap((name) => {
      const set = sets[name];
      const [serving, difference] = [own.sets[name]?.version ?? null, vsOwn[name] ?? NO_DIFFERENCE];
      return set ? [[name, { ...set, active: serving, vsActive: difference }]] : [];
    });
    const serving = { model: config.id, version, problem: null, impact: config.impact };
    return { ...measured, active: serving, impact, sets: Object.fromEntries(compared) };
  });
  return points.sort((a, b) => (a.impact ?? 0) - (b.impact ?? 0));
}

function qualityAt(points: readonly MeasuredQuality[], { impact, products }: Model): Quality {
  const distance = (point: MeasuredQuality) => Math.abs((point.impact ?? 0) - impact);
  const below = points.findLast((point) => (point.impact ?? 0) <= impact);
  const above = points.find((point) => (point.impact ?? 0) >= impact);
  if (!below || !above) return notJudged('the last training did not measure other impacts; train it again');
  const [nearer, farther] = distance(below) <= distance(above) ? [below, above] : [above, below];
  const [near, far] = [nearer, farther].map((point) => judgeQuality(point, products.buyAgain));
  if (!near || !far || below === above) return near ?? notJudged('nothing was measured');
  if (near.verdict === 'worse') return between(near, below, above);
  if (far.verdict === 'worse') return between(far, below, above);
  const verdict = near.verdict === far.verdict ? near.verdict : 'no-worse';
  const [, words = '', numbers = near.summary] = near.summary.match(/^(.*?): (.*)$/) ?? [];
  const measuredAt = `between the measured impacts ${below.impact} and ${above.impact}, at ${nearer.impact} ${numbers}`;
  const summary = `${verdict === near.verdict ? words : 'no worse'}: ${measuredAt}`;
  return between({ ...near, verdict, summary }, below, above);
}

function between(
  quality: Quality,
  { impact: low = 0 }: MeasuredQuality,
  { impact: high = 0 }: MeasuredQuality,
) {
  return { ...quality, measured: quality.measured && { ...quality.measured, between: pair(low, high) } };
}

function pair(low: number, high: number): [number, number] {
  return [low, high];
}
