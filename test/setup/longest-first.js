// The order of the test files: what takes minutes starts first, so that no worker is left with it at the end.
import Sequencer from '@jest/test-sequencer';

const LONGEST = [
  'test/demo/demo.test.ts',
  'test/engine/differential',
  'test/browser/',
  'test/demo/bench.test.ts',
];

const rank = ({ path }) => {
  const at = LONGEST.findIndex((part) => path.includes(part));
  return at < 0 ? LONGEST.length : at;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
}
