// The verdict on a version in words.
import { describe, expect, test } from '@jest/globals';
import { scoreBars, verdictWords } from '../../src/console/lib/words/verdict-words.js';
import { MEASURES } from '../../src/core/model/measures.js';
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
    expect([tone, headline]).toEqual(['good', 'Better than without personalization']);
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
    expect(verdictWords(better).headline).toBe('Better than summer version 3, which was live then');
    expect(scoreBars(better, 'Version 4').map(({ label, score }) => [label, score])).toEqual([
      ['Version 4', 0.41],
      ['Live then: summer version 3', 0.355],
      ['Without personalization', 0.26],
    ]);
    const alike = verdictWords(measured([0.1, 0.2], { vsActive: [-0.01, 0.01] }));
    expect([alike.tone, alike.headline]).toEqual([
      'neutral',
      'No worse than summer version 3, which was live then: the difference may be chance',
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
