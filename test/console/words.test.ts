// What the console says of changes, quality, schedules, times and people.
import { describe, expect, test } from '@jest/globals';
import { actorWords } from '../../src/console/lib/words/actor-words.js';
import { scheduleWords } from '../../src/console/lib/words/schedule-words.js';
import { changeWords } from '../../src/console/lib/words/setting-words.js';
import { stripBidiControls } from '../../src/console/lib/words/strip-bidi-controls.js';
import { ago, duration } from '../../src/console/lib/words/time-words.js';
import { scoreBars, verdictWords } from '../../src/console/lib/words/verdict-words.js';
import { conflicts } from '../../src/console/pages/configure/draft/save-conflicts.js';
import { stagesAt } from '../../src/console/pages/training/training-stages.js';
import { judgeQuality, notJudged } from '../../src/core/model/quality-verdict.js';

describe('a change', () => {
  test.each([
    ['globalAffinityFields.brand.keyword.weight', 50, 30, ['Affinity field brand.keyword', '50', '30']],
    ['categoryOverrides.shoes.size.weight', null, 60, ['Category override shoes.size', 'none', '60']],
    ['eventWeights.store_visit.weight', 5, null, ['Event store_visit', '5', 'none']],
    ['profiles.group', true, false, ['Group profile', 'on', 'off']],
    ['group.attributes', [], ['age', 'income'], ['Group attributes', 'none', 'age, income']],
    ['timeDecay', '180d', 'all', ['Time decay', 'Last 180 days', 'Everything']],
    ['something.new', 1, 2, ['something.new', '1', '2']],
  ])('%s', (path, before, after, [what, was, is]) => {
    expect(changeWords({ path, before, after })).toEqual({ what, before: was, after: is });
  });

  test('is a conflict when two people chose different values, not when they chose one', () => {
    const change = (path: string, after: unknown) => ({ path, before: 0, after });
    const mine = [change('impact', 80), change('name', 'A'), change('products.related', 5)];
    const theirs = [change('impact', 20), change('name', 'A'), change('timeDecay', '7d')];
    expect(conflicts(mine, theirs)).toEqual(new Set(['impact']));
  });
});

test('a name does not turn round the sentence that it stands in', () => {
  expect(stripBidiControls('"שלום \u202eeman" has 4 values')).toBe('"שלום eman" has 4 values');
});

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
    const { tone, headline, lines } = verdictWords(measured([0.136, 0.159]));
    expect([tone, headline]).toEqual(['good', 'Better than without personalization']);
    expect(lines).toEqual([
      'Judged by what 1,000 shoppers took in the 28 days from 2017-12-04, in 2,950 lists kept apart from its training.',
      'Something they took was among the first ten products in 61 % of the lists; without personalization in 45 %.',
      'Against no personalization the score rises by 0.136 to 0.159: better, beyond chance.',
    ]);
  });

  test('against what serves', () => {
    const better = measured([0.1, 0.2], { vsActive: [0.049, 0.062] });
    expect(verdictWords(better).headline).toBe('Better than the active summer version 3');
    expect(scoreBars(better, 'Version 4').map(({ label, score }) => [label, score])).toEqual([
      ['Version 4', 0.41],
      ['Active: summer version 3', 0.355],
      ['Without personalization', 0.26],
    ]);
    const alike = verdictWords(measured([0.1, 0.2], { vsActive: [-0.01, 0.01] }));
    expect([alike.tone, alike.headline]).toEqual([
      'neutral',
      'No worse than the active summer version 3: the difference may be chance',
    ]);
    expect(alike.lines.at(-1)).toContain('by −0.010 to +0.010: chance alone may explain it');
  });

  test('worse says than what, in the server’s words', () => {
    const { tone, headline, lines } = verdictWords(measured([-0.02, -0.01], { vsActive: [-0.05, -0.03] }));
    expect(tone).toBe('bad');
    expect(headline).toBe('Worse than without personalization and the active summer version 3');
    expect(lines).toContain(
      'Against no personalization the score falls by 0.010 to 0.020: worse, beyond chance.',
    );
  });

  test('not judged says why, and has nothing to draw', () => {
    const quality = notJudged('the log spans two days');
    expect(verdictWords(quality)).toEqual({
      tone: 'unknown',
      headline: 'Not judged: the log spans two days',
      lines: [],
    });
    expect(scoreBars(quality, 'Version 1')).toEqual([]);
  });
});

test('stages before the one under way are done, those after it wait', () => {
  expect(stagesAt('compute affinities').map(({ state }) => state)).toEqual([
    ...['done', 'done'],
    'running',
    ...['waiting', 'waiting', 'waiting'],
  ]);
  expect(new Set(stagesAt(null).map(({ state }) => state))).toEqual(new Set(['waiting']));
});

test.each([
  [20, 'just now'],
  [100, '2 minutes ago'],
  [3 * 3600, '3 hours ago'],
  [86_400, '24 hours ago'],
  [-600, 'in 10 minutes'],
  [-27.5 * 3600, 'in 28 hours'],
  [-47.4 * 3600, 'in 47 hours'],
  [-48 * 3600, 'in 2 days'],
  [-60 * 3600, 'in 3 days'],
  [30 * 86_400, '30 days ago'],
])('%i seconds ago is %s', (seconds, words) => {
  const now = Date.parse('2026-11-25T12:00:00Z');
  expect(ago(new Date(now - seconds * 1000).toISOString(), now)).toBe(words);
});

test.each([
  [0.4, 'about a second'],
  [19.2, 'about 20 seconds'],
  [170, 'about 3 minutes'],
  [7300, 'about 2 hours'],
])('%f seconds are %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});

test('people and schedules are told by name where they have one', () => {
  expect(['abc', 'cli', 'schedule', 'f00'].map((actor) => actorWords(actor, 'abc'))).toEqual([
    'you',
    'the command line',
    'the schedule',
    'key f00',
  ]);
  expect([scheduleWords('0 3 * * *'), scheduleWords('5 4 * * *')]).toEqual([
    'Every night at 3:00',
    '5 4 * * *',
  ]);
});
