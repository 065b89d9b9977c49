// The quality of a trained version on held-out events, and the verdict: better, no worse, worse or not judged (docs/training.md).
import { formatCount } from '../format-count.js';
import { MEASURES, TRAINING_MEASURES } from './measures.js';
import type { Difference, MeasuredQuality, MeasuredSet, Quality } from './quality-schema.js';

export type { MeasuredQuality, MeasuredSet, Quality };

/** Smaller differences of NDCG@10 do not hold a version back, however significant they are. */
const MIN_DIFFERENCE = 0.002;
/** With fewer users no verdict is given. */
export const MIN_JUDGED_USERS = 50;

type Comparison = 'vsOff' | 'vsActive';

interface Goal {
  readonly name: string;
  readonly set: MeasuredSet;
}

export function notJudged(reason: string): Quality {
  return { verdict: 'not-judged', summary: `not judged: ${reason}`, measured: null };
}

/**
 * `worse` than OFF or than the active version: significantly and by `MIN_DIFFERENCE` on everything that users took, and
 * for a model without buying again on what was new to them, too. `better` is against what serves now: the active
 * version, else OFF.
 * @param buyAgain the version's strength of buying again, 0–100
 */
export function judgeQuality(measured: MeasuredQuality, buyAgain: number): Quality {
  const { ALL, NEWFULL } = measured.sets;
  if (!ALL) return notJudged('nobody took anything');
  const goals: Goal[] = [{ name: MEASURES.ALL.name, set: ALL }];
  if (buyAgain === 0 && NEWFULL && NEWFULL.people >= MIN_JUDGED_USERS)
    goals.push({ name: MEASURES.NEWFULL.name, set: NEWFULL });
  const differences = (comparison: Comparison): Difference[] =>
    goals.flatMap(({ set }) => set[comparison] ?? []);
  const isWorse = (found: readonly Difference[]) => found.length > 0 && found.every(isBelow);
  const { active } = measured;
  const [vsOff, vsActive] = [differences('vsOff'), differences('vsActive')];
  const serving = vsActive.length > 0 ? vsActive : vsOff;
  const worseThan = [
    ...(isWorse(vsOff) ? ['without personalization'] : []),
    ...(active && isWorse(vsActive) ? [`the active ${active.model}@${active.version}`] : []),
  ];
  const numbers = goals.map(({ name, set }) => scoreWords(name, set, measured)).join('; ');
  const notCompared = active?.problem
    ? `; not compared with ${active.model}@${active.version}: ${active.problem}`
    : '';
  const data = `${formatCount(ALL.people, 'person', 'people')}, ${formatCount(measured.days, 'day')} from ${measured.from}`;
  const quality = (verdict: Quality['verdict'], words: string): Quality => ({
    verdict,
    summary: `${words}: ${numbers} (${data})${notCompared}`,
    measured,
  });
  if (worseThan.length > 0) return quality('worse', `worse than ${worseThan.join(' and ')}`);
  if (serving.some(({ ci95: [low] }) => low > 0) && !serving.some(isBelow))
    return quality('better', 'better');
  // Of a model without buying again one goal may fall while the other does not: then both are said.
  const [fallen] = goals.filter(({ set }) => [set.vsOff, set.vsActive].some((each) => each && isBelow(each)));
  const held = goals.filter((goal) => goal !== fallen).map(({ name }) => name);
  if (fallen && held.length > 0)
    return quality('no-worse', `no worse on ${held.join(' and ')}, though ${fallen.name} falls`);
  return quality('no-worse', 'no worse');
}

/** Whether what people took stands surely and noticeably lower, though the verdict is not `worse`. */
export function isLowerOnAll({ verdict, measured }: Quality): boolean {
  const all = measured?.sets.ALL;
  return verdict !== 'worse' && [all?.vsOff, all?.vsActive].some((each) => each && isBelow(each));
}

/** What each measure found against OFF, and what it asks, a line each: one may rise where another falls. */
export function measureLines({ measured }: Quality): string[] {
  return TRAINING_MEASURES.flatMap((id) => {
    const set = measured?.sets[id];
    if (!set) return [];
    const { name, asks } = MEASURES[id];
    const numbers = `${decimal(set.version.ndcg10)} against ${decimal(set.off.ndcg10)} (${intervalWords(set.vsOff)})`;
    return [`${name}: ${numbers}. ${asks}`];
  });
}

/** Surely, and by enough to notice. */
export function isBelow({ mean, ci95: [, high] }: Difference): boolean {
  return high < 0 && mean <= -MIN_DIFFERENCE;
}

/** `NDCG@10 of whatever they took .396 against .245 without personalization (+.143 … +.160)`, and the active version likewise. */
function scoreWords(
  name: string,
  { version, off, active, vsOff, vsActive }: MeasuredSet,
  measured: MeasuredQuality,
): string {
  const against = [
    `${decimal(off.ndcg10)} without personalization (${intervalWords(vsOff)})`,
    ...(active && vsActive && measured.active
      ? [
          `${decimal(active.ndcg10)} of ${measured.active.model}@${measured.active.version} (${intervalWords(vsActive)})`,
        ]
      : []),
  ];
  return `NDCG@10 of ${name} ${decimal(version.ndcg10)} against ${against.join(' and ')}`;
}

function intervalWords({ ci95: [low, high] }: Difference): string {
  return `${signed(low)} … ${signed(high)}`;
}

/** Three decimals without the zero in front, as tables of such numbers have them. */
function decimal(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${decimal(Math.abs(value))}`;
}
