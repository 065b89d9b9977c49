// When two answers count as the same: status, headers that clients read, and the body but for what no two answers share.
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './world.js';

const HEADERS = ['content-type', 'x-elastic-product', 'x-opaque-id', 'warning', 'content-encoding', 'allow'];

/** Times, ids and addresses that an engine makes for each answer, and how it held the body that it could not read. */
const OF_ONE_ANSWER: readonly [RegExp, string][] = [
  [/("?\btook"?\s*:\s*)\d+/g, '$1"…"'],
  [/("?\b(?:_scroll_id|pit_id)"?\s*:\s*)"[^"]*"/g, '$1"…"'],
  [/Automaton@[0-9a-f]+/g, 'Automaton@…'],
  [/\[Source: .*?; line: /gs, '[Source: …; line: '],
];

/** What differs, in words with both sides; null when nothing does. */
export function difference(expected: Answer, actual: Answer): string | null {
  if (expected.status !== actual.status)
    return `status ${expected.status}, not ${actual.status}: ${excerpt(actual.body.toString())}`;
  for (const name of HEADERS) {
    const [one, other] = [expected, actual].map(({ headers }) => String(headers[name]));
    if (one !== other) return `${name}: ${one}, not ${other}`;
  }
  if (expected.body.equals(actual.body)) return null;
  return bodyDifference(expected.body.toString(), actual.body.toString());
}

export function bodyDifference(expected: string, actual: string): string | null {
  const [one = '', other = ''] = [expected, actual].map(normalized);
  if (one === other) return null;
  if (isDeepStrictEqual(settled(one), settled(other))) return null;
  const at = [...one].findIndex((letter, i) => letter !== other[i]);
  return `expected ${excerpt(one, at)}\nreceived ${excerpt(other, at)}`;
}

function normalized(text: string): string {
  return OF_ONE_ANSWER.reduce((kept, [pattern, replacement]) => kept.replace(pattern, replacement), text);
}

/**
 * The value of a JSON text, the lines of any other, in no order: engines keep aggregations in none, and of several
 * shards that fail alike they name whichever failed first. Digits that a double cannot hold stay.
 */
function settled(text: string): unknown {
  try {
    const exact = text.replace(/(?<=[:[,]\s*)-?\d{16,}/g, '"$&"');
    return JSON.parse(exact, (key, value) => (key === 'shard' ? '…' : value));
  } catch {
    return text.split('\n').sort();
  }
}

function excerpt(text: string, at = 0): string {
  return text.slice(Math.max(0, at - 150), Math.max(0, at) + 350);
}
