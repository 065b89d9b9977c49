// Runs many generated cases at once, each lane shrinking what fails in it, and counts what came of them.
import fc from 'fast-check';
import type { Asked } from './requests.js';
import type { Way } from './ways.js';

const LANES = 6;
/** How many cases a run has in all; set by environment for longer runs. */
export const CASES = Number(process.env.KINDRED_TEST_DIFFERENTIAL ?? 10_000);
/** Another seed every day finds more; one that is given can be replayed. */
const SEED = Number(process.env.KINDRED_TEST_SEED ?? 20_261_125);

/** A request, and what is told to the proxy with it. */
export interface Sent<A extends Asked> {
  readonly asked: A;
  readonly way: Way;
}

/**
 * Every lane is a property of its own, so that a failure is shrunk to its smallest request and says how to see it again.
 * @param count cases over all lanes
 */
export async function runCases<A extends Asked>(
  asked: fc.Arbitrary<A>,
  ways: readonly Way[],
  count: number,
  check: (sent: Sent<A>) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(fc.record({ asked, way: fc.constantFrom(...ways) }), check);
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const seed = SEED + lane;
    const details = await fc.check(property, { seed, numRuns: Math.ceil(count / LANES) });
    const [smallest] = details.counterexample ?? [];
    if (!details.failed || !smallest) return;
    const error = details.errorInstance;
    throw new Error(
      `seed ${seed}, path "${details.counterexamplePath}", after ${details.numRuns} cases:\n${shown(smallest)}\n\n${error instanceof Error ? error.message : error}`,
    );
  });
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
  if (failed) throw failed.reason;
}

/** A request as text to read and to send again. */
function shown({ asked, way }: Sent<Asked>): string {
  const { shape, method, path, parameters, headers, body, gzip } = asked;
  const query = new URLSearchParams({ ...parameters });
  return [
    `# ${shape}${gzip ? ', the body compressed by gzip' : ''}; told to Kindred: ${JSON.stringify(way)}`,
    `${method} ${path}${query.size > 0 ? `?${query}` : ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === null ? [] : ['', typeof body === 'string' ? body : Buffer.from(body).toString('latin1')]),
  ].join('\n');
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
