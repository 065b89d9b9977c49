// Prints at the end of a run which of its files took longest: what to look at when the tests are slow.
const SHOWN = 10;

export default class SlowestFiles {
  onRunComplete(_contexts, { testResults }) {
    const files = testResults
      .map(({ testFilePath, perfStats }) => ({ path: testFilePath, ms: perfStats.end - perfStats.start }))
      .sort((one, other) => other.ms - one.ms)
      .slice(0, SHOWN);
    const lines = files.map(({ path, ms }) => {
      const seconds = (ms / 1000).toFixed(1).padStart(7);
      return `${seconds} s  ${path.slice(process.cwd().length + 1)}\n`;
    });
    if (lines.length > 1) process.stderr.write(`\nThe slowest files:\n${lines.join('')}`);
  }
}
