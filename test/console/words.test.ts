// Small words of the console: times, durations, training stages, actors, schedules, and names in sentences.
import { expect, test } from '@jest/globals';
import { actorWords } from '../../src/console/lib/words/actor-words.js';
import { nightWords, scheduleWords } from '../../src/console/lib/words/schedule-words.js';
import { stripBidiControls } from '../../src/console/lib/words/strip-bidi-controls.js';
import { ago, duration } from '../../src/console/lib/words/time-words.js';
import { stagesAt } from '../../src/console/pages/training/training-stages.js';

test('a name does not turn round the sentence that it stands in', () => {
  expect(stripBidiControls('"שלום \u202eeman" has 4 values')).toBe('"שלום eman" has 4 values');
});

test('stages before the one under way are done, those after it wait', () => {
  expect(stagesAt('compute affinities').map(({ state }) => state)).toEqual([
    ...['done', 'done'],
    'running',
    ...['waiting', 'waiting', 'waiting'],
  ]);
  expect(new Set(stagesAt(null).map(({ state }) => state))).toEqual(new Set(['waiting']));
});

type Night = {
  readonly activeVersion: number | null;
  readonly edits?: string[];
  readonly changes?: string[];
};

test.each<[Night, boolean, RegExp]>([
  [{ activeVersion: 1 }, false, /^The new version will go live by itself, unless it is judged worse\.$/],
  [{ activeVersion: 1 }, true, /will go live by itself.*not saved in this tab is not part/],
  [{ activeVersion: 1, edits: ['impact'] }, false, /^Your saved draft .* nothing goes live/],
  [
    { activeVersion: 1, changes: ['impact'] },
    true,
    /not go live: its settings differ .* version 1.* not part/,
  ],
  [{ activeVersion: 1, changes: ['name'] }, false, /will go live by itself/],
  [{ activeVersion: null }, false, /nothing of this model goes live/],
])(
  'what a night does to %j (unsaved edits: %j) is told',
  ({ activeVersion, edits, changes }, unsaved, words) => {
    const changed = (paths: readonly string[] = []) => paths.map((path) => ({ path, before: 1, after: 2 }));
    expect(nightWords({ activeVersion, edits: changed(edits), changes: changed(changes) }, unsaved)).toMatch(
      words,
    );
  },
);

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

test('actors and schedules are told by name where they have one', () => {
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
