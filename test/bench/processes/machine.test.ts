// Which cores a process may use, as Linux writes them.
import { expect, test } from '@jest/globals';
import { parseCpuList, pinnedTo } from '../../../src/bench/processes/machine.js';

test.each([
  ['0-1', [0, 1]],
  ['3', [3]],
  ['0-2,5,7-8', [0, 1, 2, 5, 7, 8]],
  ['', []],
])('"%s" is %j', (list, cores) => {
  expect(parseCpuList(list)).toEqual(cores);
});

test('a command is held to a core, or to none', () => {
  expect(pinnedTo(0)).toEqual(['taskset', '-c', '0']);
  expect(pinnedTo(undefined)).toEqual([]);
});
