// Formats a result list OFF beside ON within 80 columns, each hit with its reasons against the average of the list.
import { evidenceWords } from '../core/explain/because.js';
import type { ShownHit, ShownList } from './proxy-client.js';

const COLUMN = 33;
const WIDTH = 80;

/** @returns lines of at most 80 columns, without a final line feed */
export function sideBySide(
  title: string,
  off: ShownList,
  on: ShownList,
  heads: readonly [left: string, right: string] = ['OFF', 'ON'],
): string {
  const lines = [title, wrapped(`X-Personalization: ${on.outcome}`)];
  if (on.hits.some(({ reasons }) => reasons.length > 0))
    lines.push(`× against the average of these ${on.hits.length}; among other products, others`);
  lines.push('', `    ${heads[0].padEnd(COLUMN)}       ${heads[1]}`);
  for (const [position, hit] of on.hits.entries()) {
    const offHit = off.hits[position];
    const rank = String(position + 1).padStart(2);
    const left = offHit ? product(offHit) : ''.padEnd(COLUMN);
    lines.push(`${rank}  ${left}  ${move(hit, position + 1)} ${product(hit)}`.trimEnd());
    if (hit.reasons.length > 0) lines.push(fitted(`        ×${hit.relative.toFixed(2)}:`, hit.reasons));
  }
  return lines.join('\n');
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
function fitted(start: string, reasons: ShownHit['reasons']): string {
  const [first = '', ...others] = reasons.map(
    (reason) => `${nameOf(reason)} ×${reason.factor.toFixed(2)}${restsOn(reason)}`,
  );
  let line = `${start} ${first}`;
  for (const text of others) if (line.length + 2 + text.length <= WIDTH) line += `, ${text}`;
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

const CAUSES = {
  buy_again: 'bought before',
  related: 'goes with their others',
  named: 'named by the search',
  limit: 'limit on boosts',
} as const;

/** Where nothing speaks about the hit's own value, its field alone: others of the list have something there. */
function nameOf({ cause, own, factor, field = '', value = '' }: ShownHit['reasons'][number]): string {
  if (cause === 'buy_again' && own === 1) return 'not bought before';
  if (cause === 'related' && own === 1) return 'goes with none of theirs';
  if (cause === 'buy_again' && factor < 1) return 'bought less than others here';
  if (cause === 'related' && factor < 1) return 'goes less with their others';
  return cause === 'field' ? `${field} ${value}`.trimEnd() : CAUSES[cause];
}

function restsOn({ evidence, profile }: ShownHit['reasons'][number]): string {
  const from = profile === 'session' ? ', this session' : profile === 'group' ? ', cohort' : '';
  return evidence ? ` (${evidenceWords(evidence)}${evidence.of === 'shopper' ? '' : from})` : '';
}
