// Formats a result list OFF beside ON within 80 columns, each move with the affinities and events behind it.
import type { ShownHit, ShownList } from './proxy-client.js';

const COLUMN = 33;
const WIDTH = 80;

export interface Reason {
  /** e.g. `brand Arlo`, or `bought before` */
  readonly what: string;
  readonly factor: number;
  /** e.g. `41 events`, or `this session` */
  readonly because: string;
}

/**
 * @param reasonsOf what multiplied a hit's score, strongest first
 * @returns lines of at most 80 columns, without a final line feed
 */
export async function sideBySide(
  title: string,
  off: ShownList,
  on: ShownList,
  reasonsOf: (hit: ShownHit) => Promise<readonly Reason[]>,
  heads: readonly [left: string, right: string] = ['OFF', 'ON'],
): Promise<string> {
  const reasons = await Promise.all(on.hits.map(reasonsOf));
  const common = sharedByAll(reasons);
  const lines = [title, wrapped(`X-Personalization: ${on.outcome}`)];
  if (common.length > 0) lines.push(fitted('all ten:', common));
  lines.push('', `    ${heads[0].padEnd(COLUMN)}       ${heads[1]}`);
  for (const [position, hit] of on.hits.entries()) {
    const offHit = off.hits[position];
    const rank = String(position + 1).padStart(2);
    const left = offHit ? product(offHit) : ''.padEnd(COLUMN);
    lines.push(`${rank}  ${left}  ${move(hit, position + 1)} ${product(hit)}`.trimEnd());
    const own = reasons[position]?.filter((reason) => !common.some((other) => same(reason, other))) ?? [];
    if (own.length > 0) lines.push(fitted('       ', own));
  }
  return lines.join('\n');
}

/** Reasons that all hits share: they move none of them past another. */
function sharedByAll([first = [], ...others]: readonly (readonly Reason[])[]): readonly Reason[] {
  return first.filter((reason) => others.every((list) => list.some((other) => same(reason, other))));
}

function same(one: Reason, other: Reason): boolean {
  return one.what === other.what && one.factor === other.factor;
}

/** How far a hit moved: `▲  3`, `▼ 12`, `   =`, or `▲new` from behind the first 500. */
function move({ rankWithout }: ShownHit, rank: number): string {
  if (rankWithout === null) return '▲new';
  const by = rankWithout - rank;
  if (by === 0) return '   =';
  return `${by > 0 ? '▲' : '▼'}${String(Math.abs(by)).padStart(3)}`;
}

/** Title cut to the column, with the id, as titles repeat. */
function product({ title, id }: ShownHit): string {
  const room = COLUMN - id.length - 1;
  const shown = title.length > room ? `${title.slice(0, room - 1)}…` : title.padEnd(room);
  return `${shown} ${id}`;
}

/** Wraps a line that is too long for the screen. */
function wrapped(line: string): string {
  const at = line.length > WIDTH ? line.lastIndexOf(' ', WIDTH) : -1;
  return at < 0 ? line : `${line.slice(0, at)}\n  ${line.slice(at + 1)}`;
}

/** As many reasons as the line holds, at least one. */
function fitted(start: string, reasons: readonly Reason[]): string {
  const [first = '', ...others] = reasons.map(
    ({ what, factor, because }) => `${what} ×${factor.toFixed(2)} (${because})`,
  );
  let line = `${start} ${first}`;
  for (const text of others) if (line.length + 2 + text.length <= WIDTH) line += `, ${text}`;
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}
