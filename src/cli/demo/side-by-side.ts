// Prints a result list OFF beside ON within 80 columns, each move with the affinities and events behind it.
import type { ShownHit, ShownList } from './proxy-client.js';

const COLUMN = 33;
const REASONS = 2;
const WIDTH = 80;

export interface Reason {
  readonly field: string;
  readonly value: string;
  readonly factor: number;
  /** e.g. `41 events`, or `this session` */
  readonly because: string;
}

/**
 * @param reasonsOf why a hit moved, strongest first
 * @returns lines of at most 80 columns, without a final line feed
 */
export async function sideBySide(
  title: string,
  off: ShownList,
  on: ShownList,
  reasonsOf: (hit: ShownHit) => Promise<readonly Reason[]>,
): Promise<string> {
  const lines = [title, `X-Personalization: ${on.outcome}`, '', `    ${'OFF'.padEnd(COLUMN)}       ON`];
  for (const [position, hit] of on.hits.entries()) {
    const plain = off.hits[position];
    const rank = String(position + 1).padStart(2);
    const left = plain ? product(plain) : ''.padEnd(COLUMN);
    lines.push(`${rank}  ${left}  ${move(hit, position + 1)} ${product(hit)}`.trimEnd());
    lines.push(...why((await reasonsOf(hit)).slice(0, REASONS)));
  }
  return lines.join('\n');
}

/** How far a hit came: `▲  3`, `▼ 12`, `   =`, or `▲new` from behind the first 500. */
function move({ rankWithout }: ShownHit, rank: number): string {
  if (rankWithout === null) return '▲new';
  const by = rankWithout - rank;
  if (by === 0) return '   =';
  return `${by > 0 ? '▲' : '▼'}${String(Math.abs(by)).padStart(3)}`;
}

/** Title cut to the column, with the id that tells namesakes apart. */
function product({ title, id }: ShownHit): string {
  const room = COLUMN - id.length - 1;
  const shown = title.length > room ? `${title.slice(0, room - 1)}…` : title.padEnd(room);
  return `${shown} ${id}`;
}

function why(reasons: readonly Reason[]): string[] {
  if (reasons.length === 0) return [];
  const said = reasons.map(
    ({ field, value, factor, because }) => `${field} ${value} ×${factor.toFixed(2)} (${because})`,
  );
  const line = `${''.padEnd(8)}${said.join(', ')}`;
  return [line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line];
}
