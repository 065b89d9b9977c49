// The verdict on a version in words: better or worse than what, how it was measured, and what the intervals mean.
import { formatCount } from '../../../core/format-count.js';
import { MEASURES, TRAINING_MEASURES } from '../../../core/model/measures.js';
import {
  isBelow,
  isLowerOnAll,
  type MeasuredQuality,
  type MeasuredSet,
  type Quality,
} from '../../../core/model/quality-verdict.js';
import { capitalize } from './sentence.js';
import { stripBidiControls } from './strip-bidi-controls.js';
import { dayWords } from './time-words.js';

export type Tone = 'good' | 'neutral' | 'bad' | 'unknown';

export interface VerdictWords {
  readonly tone: Tone;
  /** e.g. “Better on whatever they took than without personalization” */
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

type Compared = NonNullable<MeasuredQuality['active']>;

/** In its place where what people took falls, though new products do not. */
export const FALLS_BADGE = { words: 'falls in part', color: 'yellow' } as const;

const TONES: Readonly<Record<Quality['verdict'], Tone>> = {
  better: 'good',
  'no-worse': 'neutral',
  worse: 'bad',
  'not-judged': 'unknown',
};

export function verdictWords(quality: Quality): VerdictWords {
  return {
    tone: isLowerOnAll(quality) ? 'unknown' : TONES[quality.verdict],
    headline: stripBidiControls(headlineOf(quality)),
    lines: quality.measured ? measuredLines(quality.measured).map(stripBidiControls) : [],
    measures: quality.measured ? measureWords(quality.measured) : [],
  };
}

/** By how much a version helps, in a sentence or two. */
export function helpWords(quality: Quality): string {
  const all = quality.measured?.sets.ALL;
  if (!all) return `${verdictWords(quality).headline}.`;
  const { version, off } = all;
  return (
    `On past searches, something they took was among the first ten products in ${percent(version.hit10)} of the lists, ` +
    `without personalization in ${percent(off.hit10)}; the score of ${MEASURES.ALL.name} is ${decimal(version.ndcg10)}, without ${decimal(off.ndcg10)}.`
  );
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
    ...(all.active && measured.active
      ? [
          bar(
            `${measured.active.impact === undefined ? 'Live then' : 'Live'}: ${nameOf(measured.active)}`,
            all.active,
          ),
        ]
      : []),
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
  if (verdict === 'not-judged' || !measured) return capitalize(summary);
  const [serving, differenceOf] = comparison(measured);
  const fallen = fallsOf(measured);
  const named = (ids: readonly (keyof typeof MEASURES)[]) => ids.map((id) => MEASURES[id].name).join(' and ');
  const words = () => {
    const risen = JUDGED_BY.filter((id) => (differenceOf(id)?.ci95[0] ?? 0) > 0);
    switch (verdict) {
      case 'better':
        return `better on ${named(risen.length > 0 ? risen : ['ALL'])} than ${serving}`;
      case 'no-worse': {
        if (fallen.some(({ id }) => id === 'ALL')) return `no worse on ${named(['NEWFULL'])} than ${serving}`;
        const ci95 = differenceOf('ALL')?.ci95 ?? [0, 0];
        return `no worse on ${named(['ALL'])} than ${serving}: the difference ${ci95[1] < 0 ? 'is next to nothing' : 'may be chance'}`;
      }
      case 'worse':
        // The server's summary says what it was compared with; the numbers follow after the colon.
        return (summary.split(':', 1)[0] ?? 'worse').replaceAll(/the active \S+@\d+/g, serving);
    }
  };
  const where = measured.between
    ? `between impacts ${measured.between.join(' and ')}, which were measured: `
    : '';
  const but = verdict === 'worse' ? '' : fallen.map(({ name, words }) => `. But ${name} ${words}`).join('');
  return capitalize(`${where}${words()}${but}`);
}

/** What a verdict may be of. */
const JUDGED_BY = ['ALL', 'NEWFULL'] as const;

/** What the version is compared with first, and by how much it differs from that. */
function comparison({ sets, active }: MeasuredQuality) {
  const compared = active && sets.ALL?.vsActive ? active : null;
  const differenceOf = (id: (typeof TRAINING_MEASURES)[number]) =>
    (compared ? sets[id]?.vsActive : sets[id]?.vsOff) ?? null;
  return [compared ? liveThen(compared) : 'without personalization', differenceOf] as const;
}

/** The measures that fall, surely and noticeably, against what was live then or else against no personalization. */
function fallsOf({ sets, active }: MeasuredQuality) {
  return TRAINING_MEASURES.flatMap((id) => {
    const set = sets[id];
    const below = [set?.vsActive, set?.vsOff].find((each) => each && isBelow(each));
    if (!below) return [];
    const [low, high] = below.ci95;
    const against = below === set?.vsActive && active ? nameOf(active) : 'no personalization';
    const words = `falls by ${decimal(high)} to ${decimal(low)} against ${against}, beyond chance`;
    return [{ id, name: MEASURES[id].name, words }];
  });
}

function liveThen(active: Compared): string {
  return active.impact === undefined ? `${nameOf(active)}, which was live then` : nameOf(active);
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
      : [`The numbers are those of impact ${impact}, measured in the training of its histories.`]),
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

/** Settings that were saved without a training are compared with another impact of the same one. */
function nameOf({ model, version, impact }: Compared): string {
  return impact === undefined ? `${model} version ${version}` : `impact ${impact} of version ${version}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function decimal(value: number): string {
  return Math.abs(value).toFixed(3);
}
