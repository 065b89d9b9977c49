// What `filter_path` leaves out: as the engines read it, patterns that keep beside patterns that drop.
import { expect, test } from '@jest/globals';
import { isFilteredOut } from '../../../src/query/facts/filter-path.js';

test.each([
  ['timed_out', undefined, false],
  ['timed_out', '', false],
  ['timed_out', 'timed_out,hits', false],
  ['timed_out', 't*', false],
  ['timed_out', '**.timed_out', false],
  ['timed_out', '-took', false],
  ['timed_out', '-hits.hits._source,-took', false],
  ['timed_out', '-timed_out', true],
  ['timed_out', '*,-timed*', true],
  ['timed_out', 'hits.hits', true],
  ['responses.timed_out', '-hits.hits._source,-took', false],
  ['responses.timed_out', 'responses', false],
  ['responses.timed_out', 'responses.*', false],
  ['responses.timed_out', '*.timed_out', false],
  ['responses.timed_out', 'timed_out', true],
  ['responses.timed_out', 'responses.hits', true],
  ['responses.timed_out', '-responses.timed_out', true],
  ['responses.timed_out', '-**.timed_out', true],
  ['hits.hits._id', 'hits.hits._source', true],
  ['hits.hits._id', 'hits', false],
])('%s of %j: %s', (path, filterPath, hidden) => {
  expect(isFilteredOut(path, filterPath)).toBe(hidden);
});
