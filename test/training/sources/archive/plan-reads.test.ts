// Which reads the days of a window take.
import { expect, test } from '@jest/globals';
import type { EventDay } from '../../../../src/training/sources/archive/event-days.js';
import { eventsOf, planReads } from '../../../../src/training/sources/archive/plan-reads.js';

const day = (name: string, events: number, newest = events): EventDay => ({
  name,
  from: 0,
  to: 1,
  events,
  newest,
});
const held = (...days: EventDay[]) => new Map(days.map((own) => [own.name, { ...own, file: own.name }]));

function planned(days: EventDay[], own: ReturnType<typeof held>) {
  return planReads(days, own).map((read) => ({
    days: read.days.map(({ name }) => name).join(),
    events: eventsOf(read),
    grown: read.grown !== undefined,
  }));
}

test('neighbours are read together, up to a hundred thousand events; a larger day alone', () => {
  const days = [day('a', 60_000), day('b', 40_000), day('c', 1), day('d', 900_000), day('e', 1)];
  expect(planned(days, held())).toEqual([
    { days: 'a,b', events: 100_000, grown: false },
    { days: 'c', events: 1, grown: false },
    { days: 'd', events: 900_000, grown: false },
    { days: 'e', events: 1, grown: false },
  ]);
});

test('days that are held part what is read; of one that has grown only the rest is read', () => {
  const days = [day('a', 5), day('b', 5), day('c', 5), day('d', 5), day('e', 5), day('f', 5)];
  // e has fewer events now, f was written anew: neither only grew.
  const own = held(day('b', 5), day('d', 3), day('e', 6), day('f', 5, 4));
  expect(planned(days, own)).toEqual([
    { days: 'a', events: 5, grown: false },
    { days: 'c', events: 5, grown: false },
    { days: 'd', events: 2, grown: true },
    { days: 'e,f', events: 10, grown: false },
  ]);
  expect(planned([], own)).toEqual([]);
});
