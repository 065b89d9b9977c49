// What a version saved without a training is worth: read from what its profiles' training measured at other impacts.
import { describe, expect, test } from '@jest/globals';
import { modelSchema } from '../../../src/core/model/model.js';
import { qualityOfSettings } from '../../../src/core/model/quality-of-settings.js';
import { judgeQuality, type MeasuredQuality, notJudged } from '../../../src/core/model/quality-verdict.js';

const model = (change: object) =>
  modelSchema.parse({
    id: 'm',
    name: 'M',
    globalAffinityFields: [{ field: 'brand', weight: 100 }],
    eventWeights: [{ event: 'purchase', weight: 100 }],
    impact: 60,
    ...change,
  });

/** Everybody's list, so much better than without personalization. */
function sets(gain: number): MeasuredQuality['sets'] {
  const ci95: [number, number] = [gain - 0.01, gain + 0.01];
  const off = { ndcg10: 0.3, hit10: 0.5, ci95: [0.29, 0.31] as [number, number] };
  const version = { ...off, ndcg10: 0.3 + gain };
  const ALL = {
    queries: 90,
    people: 80,
    version,
    off,
    active: null,
    vsOff: { mean: gain, ci95 },
    vsActive: null,
  };
  return { ALL };
}

/** The version itself gains .12. */
function point(impact: number, gain: number) {
  const ci95: [number, number] = [gain - 0.13, gain - 0.11];
  return { impact, sets: sets(gain), vsOwn: { ALL: { mean: gain - 0.12, ci95 } } };
}

const measured: MeasuredQuality = {
  from: '2026-03-25',
  days: 6,
  people: 80,
  active: null,
  sets: sets(0.12),
  impacts: [point(0, 0), point(25, 0.05), point(50, 0.1), point(75, 0.08), point(100, -0.05)],
};
const trained = { version: 2, config: model({}), quality: judgeQuality(measured, 0), active: false };
const at = (change: object) => qualityOfSettings(trained, model(change));

describe('the quality of settings that need no training', () => {
  test.each([
    [0, 'no-worse', 0],
    [25, 'better', 0.05],
    [50, 'better', 0.1],
    [60, 'better', 0.12],
    [75, 'better', 0.08],
    [100, 'worse', -0.05],
  ])('impact %s is told as it was measured: %s', (impact, verdict, gain) => {
    const quality = at({ impact });
    expect(quality.verdict).toBe(verdict);
    expect(quality.measured?.sets.ALL?.vsOff.mean).toBe(gain);
  });

  test.each([
    [10, 'no-worse', 0, 'between the measured impacts 0 and 25, at 0 NDCG@10 of whatever they took .300'],
    [30, 'better', 25, 'between the measured impacts 25 and 50, at 25 NDCG@10 of whatever they took .350'],
    [70, 'better', 75, 'between the measured impacts 60 and 75, at 75 NDCG@10 of whatever they took .380'],
    [80, 'worse', 100, 'worse than without personalization'],
    [99, 'worse', 100, 'worse than without personalization'],
  ])('impact %s lies between two: %s', (impact, verdict, measuredAt, words) => {
    const quality = at({ impact });
    expect(quality).toMatchObject({ verdict, measured: { impact: measuredAt } });
    expect(quality.summary).toContain(words);
  });

  test('another name, and switches of the session, change nothing; others were not measured', () => {
    const inSession = { individual: true, inSession: false, sessionProfile: false, group: true };
    for (const change of [{ name: 'N' }, { profiles: inSession }])
      expect(at(change)).toEqual(trained.quality);
    for (const profile of ['individual', 'group'])
      expect(at({ profiles: { ...inSession, [profile]: false } })).toMatchObject({
        verdict: 'not-judged',
        summary: expect.stringContaining('a training judges it'),
      });
  });

  test.each([
    [25, 'worse', 'worse than the active m@2'],
    [60, 'better', 'better'],
    [65, 'worse', 'worse than the active m@2'],
    [100, 'worse', 'worse than without personalization and the active m@2'],
  ])('while the trained version serves, impact %s is compared with it', (impact, verdict, words) => {
    const quality = qualityOfSettings({ ...trained, active: true }, model({ impact }));
    expect(quality).toMatchObject({ verdict, summary: expect.stringContaining(words) });
  });

  test('what lies beside the serving impact is compared with it, not with no personalization', () => {
    const even = { ...point(75, 0.12), vsOwn: { ALL: { mean: 0, ci95: [-0.01, 0.01] as [number, number] } } };
    const near = { ...trained, active: true, quality: judgeQuality({ ...measured, impacts: [even] }, 0) };
    expect(qualityOfSettings(near, model({ impact: 64 }))).toMatchObject({
      verdict: 'no-worse',
      measured: { active: { model: 'm', version: 2 }, sets: { ALL: { vsActive: { mean: 0 } } } },
    });
  });

  test('what was trained before impacts were measured says so', () => {
    const { impacts: _, ...old } = measured;
    const before = { ...trained, quality: judgeQuality(old, 0) };
    expect(qualityOfSettings(before, model({ impact: 25 })).verdict).toBe('not-judged');
    expect(
      qualityOfSettings({ version: 2, config: model({}), active: false }, model({ impact: 25 })).verdict,
    ).toBe('not-judged');
    const unknown = notJudged('there is too little');
    expect(qualityOfSettings({ ...trained, quality: unknown }, model({ impact: 25 }))).toEqual(unknown);
  });
});
