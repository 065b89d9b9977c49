// Runs many generated cases at once, each lane shrinking what fails in it, and counts what came of them.
import fc from 'fast-check';

const LANES = 6;
/** How many cases a run has in all; set by environment for longer runs. */
export const CASES = Number(process.env.KINDRED_TEST_DIFFERENTIAL ?? 10_000);
/** Another seed every day finds more; one that is given can be replayed. */
const SEED = Number(process.env.KINDRED_TEST_SEED ?? 20_261_125);

/**
 * Every lane is a property of its own, so that a failure is shrunk to its smallest request and says how to see it again.
 * @param count cases over all lanes
 */
export async function runCases<T>(
  arbitrary: fc.Arbitrary<T>,
  count: number,
  check: (value: T) => Promise<void>,
): Promise<void> {
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    fc.assert(fc.asyncProperty(arbitrary, check), { seed: SEED + lane, numRuns: Math.ceil(count / LANES) }),
  );
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Counts by row and column, to be printed as a table. */
export class Tally {
  private readonly rows = new Map<string, Map<string, number>>();

  add(row: string, column: string): void {
    const counts = this.rows.get(row) ?? new Map<string, number>();
    this.rows.set(row, counts.set(column, (counts.get(column) ?? 0) + 1));
  }

  total(row: string): number {
    return [...(this.rows.get(row)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  }

  of(row: string, column: string): number {
    return this.rows.get(row)?.get(column) ?? 0;
  }

  print(title: string): void {
    const columns = [...new Set([...this.rows.values()].flatMap((counts) => [...counts.keys()]))].sort();
    const line = (cells: readonly string[]) =>
      cells
        .map((cell, i) =>
          i === 0 ? cell.padEnd(32) : cell.padStart(Math.max(8, (columns[i - 1] ?? '').length + 2)),
        )
        .join('');
    const lines = [...this.rows]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([row, counts]) => line([row, ...columns.map((column) => String(counts.get(column) ?? '·'))]));
    process.stderr.write(`${[title, line(['', ...columns]), ...lines].join('\n')}\n`);
  }
}
