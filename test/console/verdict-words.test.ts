// The verdict on a version in words.
import { describe, expect, test } from '@jest/globals';
import { scoreBars, verdictWords } from '../../src/console/lib/words/verdict-words.js';
import { MEASURES } from '../../src/core/model/measures.js';
import { modelSchema } from '../../src/core/model/model.js';
import { qualityOfSettings } from '../../src/core/model/quality-of-settings.js';
import { judgeQuality, notJudged } from '../../src/core/model/quality-verdict.js';

/** Measured as the server does, so that its own words are read. */
function measured(vsOff: [number, number], active?: { vsActive: [number, number]; problem?: string }) {
  const score = (ndcg10: number, hit10: number) => ({
    ndcg10,
    hit10,
    ci95: [ndcg10 - 0.01, ndcg10 + 0.01] as [number, number],
  });
  const difference = (ci95: [number, number]) => ({ mean: (ci95[0] + ci95[1]) / 2, ci95 });
  return judgeQuality(
    {
      from: '2017-12-04',
      days: 28,
      people: 1000,
      active: active ? { model: 'summer', version: 3, problem: active.problem ?? null } : null,
      sets: {
        ALL: {
          queries: 2950,
          people: 1000,
          version: score(0.41, 0.61),
          off: score(0.26, 0.45),
          active: active ? score(0.355, 0.5) : null,
          vsOff: difference(vsOff),
          vsActive: active ? difference(active.vsActive) : null,
        },
      },
    },
    40,
  );
}

describe('quality', () => {
  test('better than no personalization, in plain words', () => {
    const { tone, headline, lines, measures } = verdictWords(measured([0.136, 0.159]));
    expect([tone, headline]).toEqual(['good', 'Better on whatever they took than without personalization']);
    expect(lines).toEqual([
      'Judged by what 1,000 shoppers took in the 28 days from 4 Dec 2017, kept apart from its training.',
      'The 2,950 lists are made of that, not of searches: one for each shopper and category that they took something of, with the products of the category.',
      'Something they took was among the first ten products in 61 % of the lists; without personalization in 45 %.',
    ]);
    expect(measures).toEqual([
      {
        name: 'Whatever they took',
        asks: MEASURES.ALL.asks,
        lines: ['From 0.260 without personalization to 0.410: it rises by 0.136 to 0.159, beyond chance.'],
      },
    ]);
  });

  test('against what serves', () => {
    const better = measured([0.1, 0.2], { vsActive: [0.049, 0.062] });
    expect(verdictWords(better).headline).toBe(
      'Better on whatever they took than summer version 3, which was live then',
    );
    expect(scoreBars(better, 'Version 4').map(({ label, score }) => [label, score])).toEqual([
      ['Version 4', 0.41],
      ['Live then: summer version 3', 0.355],
      ['Without personalization', 0.26],
    ]);
    const alike = verdictWords(measured([0.1, 0.2], { vsActive: [-0.01, 0.01] }));
    expect([alike.tone, alike.headline]).toEqual([
      'neutral',
      'No worse on whatever they took than summer version 3, which was live then: the difference may be chance',
    ]);
    expect(alike.measures[0]?.lines.at(-1)).toBe(
      'Against summer version 3, it moves by −0.010 to +0.010, which may be chance.',
    );
  });

  test('worse says than what, in the server’s words', () => {
    const { tone, headline, measures } = verdictWords(measured([-0.02, -0.01], { vsActive: [-0.05, -0.03] }));
    expect(tone).toBe('bad');
    expect(headline).toBe('Worse than without personalization and summer version 3, which was live then');
    expect(measures[0]?.lines).toContain(
      'From 0.260 without personalization to 0.410: it falls by 0.010 to 0.020, beyond chance.',
    );
  });

  /** As the server judges a model without buying again, whose two goals may differ. */
  function discovery(all: [number, number], newfull: [number, number]) {
    const score = { ndcg10: 0.3, hit10: 0.5, ci95: [0.29, 0.31] as [number, number] };
    const set = (ci95: [number, number]) => ({
      queries: 90,
      people: 80,
      version: score,
      off: score,
      active: score,
      vsOff: { mean: 0.05, ci95: [0.04, 0.06] as [number, number] },
      vsActive: { mean: (ci95[0] + ci95[1]) / 2, ci95 },
    });
    const active = { model: 'default', version: 1, problem: null };
    const sets = { ALL: set(all), NEWFULL: set(newfull) };
    return judgeQuality({ from: '2017-12-04', days: 28, people: 80, active, sets }, 0);
  }

  test.each<[string, [number, number], [number, number], string, string]>([
    [
      'falls, though new products do not',
      [-0.108, -0.085],
      [-0.002, 0.005],
      'unknown',
      'No worse on new products among all than default version 1, which was live then. But whatever they took falls by 0.085 to 0.108 against default version 1, beyond chance',
    ],
    [
      'falls, though new products rise',
      [-0.05, -0.03],
      [0.01, 0.02],
      'unknown',
      'No worse on new products among all than default version 1, which was live then. But whatever they took falls by 0.030 to 0.050 against default version 1, beyond chance',
    ],
    [
      'rises, though new products may fall',
      [0.03, 0.05],
      [-0.01, 0.01],
      'good',
      'Better on whatever they took than default version 1, which was live then',
    ],
    [
      'rises, while new products fall',
      [0.03, 0.05],
      [-0.02, -0.01],
      'neutral',
      'No worse on whatever they took than default version 1, which was live then: new products among all falls',
    ],
  ])('whatever they took %s: the verdict names what it is of', (_what, all, newfull, tone, headline) => {
    const quality = discovery(all, newfull);
    const words = verdictWords(quality);
    expect(words.tone).toBe(tone);
    if (tone === 'neutral')
      expect(words.headline).toContain('But new products among all falls by 0.010 to 0.020');
    else expect(words.headline).toBe(headline);
    expect(quality.summary.startsWith('no worse on new products among all, though')).toBe(tone === 'unknown');
  });

  test('an impact is compared with the impact that is live, and says when it was not measured itself', () => {
    const config = modelSchema.parse({
      id: 'default',
      name: 'Default',
      globalAffinityFields: [{ field: 'brand', weight: 100 }],
      eventWeights: [{ event: 'purchase', weight: 100 }],
      impact: 50,
    });
    const first = measured([0.136, 0.159]);
    const sets = first.measured?.sets ?? {};
    const point = (impact: number, ci95: [number, number]) => ({
      impact,
      sets,
      vsOwn: { ALL: { mean: (ci95[0] + ci95[1]) / 2, ci95 } },
    });
    const impacts = [point(25, [-0.02, -0.01]), point(75, [-0.001, 0.001])];
    const quality = first.measured && { ...first, measured: { ...first.measured, impacts } };
    if (!quality) throw new Error('not measured');
    const at = (impact: number, active = true) =>
      verdictWords(qualityOfSettings({ version: 1, config, quality, active }, { ...config, impact }))
        .headline;
    expect(at(50)).toBe('Better on whatever they took than without personalization');
    expect(at(75)).toBe(
      'No worse on whatever they took than impact 50 of version 1: the difference may be chance',
    );
    expect(at(60)).toBe(
      'Between impacts 50 and 75, which were measured: no worse on whatever they took than impact 50 of version 1: the difference may be chance',
    );
    expect(at(25)).toBe('Worse than impact 50 of version 1');
    expect(at(30)).toBe('Between impacts 25 and 50, which were measured: worse than impact 50 of version 1');
    expect(at(60, false)).toContain('better on whatever they took than without personalization');
    for (const impact of [25, 30, 60, 75]) expect(at(impact)).not.toContain('was live then');
  });

  test('not judged says why, and has nothing to draw', () => {
    const quality = notJudged('the log spans two days');
    expect(verdictWords(quality)).toEqual({
      tone: 'unknown',
      headline: 'Not judged: the log spans two days',
      lines: [],
      measures: [],
    });
    expect(scoreBars(quality, 'Version 1')).toEqual([]);
  });
});
