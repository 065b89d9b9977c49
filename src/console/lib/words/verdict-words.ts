// The verdict on a version in words: better or worse than what, how it was measured, and what the intervals mean.
import { formatCount } from '../../../core/format-count.js';
import { MEASURES, TRAINING_MEASURES } from '../../../core/model/measures.js';
import type { MeasuredQuality, MeasuredSet, Quality } from '../../../core/model/quality-verdict.js';
import { capitalize } from './sentence.js';
import { stripBidiControls } from './strip-bidi-controls.js';
import { dayWords } from './time-words.js';

export type Tone = 'good' | 'neutral' | 'bad' | 'unknown';

export interface VerdictWords {
  readonly tone: Tone;
  /** e.g. “Better than without personalization” */
  readonly headline: string;
  /** how it was judged, one sentence each */
  readonly lines: readonly string[];
  /** what each measure found */
  readonly measures: readonly MeasureWords[];
}

export interface MeasureWords {
  readonly name: string;
  readonly asks: string;
  /** one sentence each */
  readonly lines: readonly string[];
}

export interface ScoreBar {
  readonly label: string;
  /** 0–1 */
  readonly score: number;
  /** 95 % interval of the score */
  readonly interval: readonly [number, number];
}

/** The verdict alone, for a badge. */
export const VERDICT_BADGES: Readonly<
  Record<Quality['verdict'], { readonly words: string; readonly color: string }>
> = {
  better: { words: 'better', color: 'teal' },
  'no-worse': { words: 'no worse', color: 'gray' },
  worse: { words: 'worse', color: 'red' },
  'not-judged': { words: 'not judged', color: 'gray' },
};

const TONES: Readonly<Record<Quality['verdict'], Tone>> = {
  better: 'good',
  'no-worse': 'neutral',
  worse: 'bad',
  'not-judged': 'unknown',
};

export function verdictWords(quality: Quality): VerdictWords {
  return {
    tone: TONES[quality.verdict],
    headline: stripBidiControls(headlineOf(quality)),
    lines: quality.measured ? measuredLines(quality.measured).map(stripBidiControls) : [],
    measures: quality.measured ? measureWords(quality.measured) : [],
  };
}

/** The scores that were compared: of this version, of the one that was live then, and without personalization. */
export function scoreBars({ measured }: Quality, version: string): ScoreBar[] {
  const all = measured?.sets.ALL;
  if (!all) return [];
  const bar = (label: string, { ndcg10, ci95 }: MeasuredSet['off']): ScoreBar => ({
    label,
    score: ndcg10,
    interval: ci95,
  });
  return [
    bar(version, all.version),
    ...(all.active && measured.active ? [bar(`Live then: ${nameOf(measured.active)}`, all.active)] : []),
    bar('Without personalization', all.off),
  ];
}

/** The score at every measured impact, the lowest first. */
export function impactScores({ measured }: Quality, own: number): { impact: number; score: number }[] {
  const points = [{ impact: own, sets: measured?.sets }, ...(measured?.impacts ?? [])];
  return points
    .flatMap(({ impact, sets }) => (sets?.ALL ? [{ impact, score: sets.ALL.version.ndcg10 }] : []))
    .sort((a, b) => a.impact - b.impact);
}

function headlineOf({ verdict, summary, measured }: Quality): string {
  const compared = measured?.sets.ALL?.vsActive && measured.active;
  const serving = compared ? `${nameOf(compared)}, which was live then` : 'without personalization';
  switch (verdict) {
    case 'better':
      return `Better than ${serving}`;
    case 'no-worse':
      return `No worse than ${serving}: the difference may be chance`;
    case 'worse':
      // The server's summary says what it was compared with; the numbers follow after the colon.
      return capitalize(summary.split(':', 1)[0] ?? 'worse').replaceAll(
        /the active (\S+)@(\d+)/g,
        '$1 version $2, which was live then',
      );
    case 'not-judged':
      return capitalize(summary);
  }
}

function measuredLines({ sets, people, days, from, active, impact }: MeasuredQuality): string[] {
  const { ALL } = sets;
  if (!ALL) return [];
  return [
    `Judged by what ${formatCount(people, 'shopper')} took in the ${formatCount(days, 'day')} from ${dayWords(from)}, ` +
      'kept apart from its training.',
    `The ${formatCount(ALL.queries, 'list is', 'lists are')} made of that, not of searches: one for each shopper and category that they took something of, with the products of the category.`,
    ...(impact === undefined
      ? []
      : [`The numbers are those of impact ${impact}, measured in the same training.`]),
    `Something they took was among the first ten products in ${percent(ALL.version.hit10)} of the lists; ` +
      `without personalization in ${percent(ALL.off.hit10)}.`,
    ...(active?.problem ? [`It was not compared with ${nameOf(active)}: ${active.problem}.`] : []),
  ];
}

function measureWords({ sets, active }: MeasuredQuality): MeasureWords[] {
  return TRAINING_MEASURES.flatMap((id) => {
    const set = sets[id];
    if (!set) return [];
    const { version, off, vsOff, vsActive } = set;
    const lines = [
      `From ${decimal(off.ndcg10)} without personalization to ${decimal(version.ndcg10)}: ${differenceWords(vsOff.ci95)}`,
      ...(active && vsActive ? [`Against ${nameOf(active)}, ${differenceWords(vsActive.ci95)}`] : []),
    ];
    const { name, asks } = MEASURES[id];
    return [{ name: capitalize(name), asks, lines: lines.map(stripBidiControls) }];
  });
}

function differenceWords([low, high]: readonly [number, number]): string {
  if (low > 0) return `it rises by ${decimal(low)} to ${decimal(high)}, beyond chance.`;
  if (high < 0) return `it falls by ${decimal(high)} to ${decimal(low)}, beyond chance.`;
  return `it moves by −${decimal(low)} to +${decimal(high)}, which may be chance.`;
}

function nameOf({ model, version }: { readonly model: string; readonly version: number }): string {
  return `${model} version ${version}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function decimal(value: number): string {
  return Math.abs(value).toFixed(3);
}
