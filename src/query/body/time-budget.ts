// The `timeout` of a search: the time that its caller gives the engine, and how it is shared by two attempts.
import type { JsonDocument } from '../json/json-document.js';
import { joinParameters, splitParameters } from './url-parameters.js';

/** Milliseconds of the units that the engines read. */
const UNITS: Readonly<Record<string, number>> = {
  nanos: 1e-6,
  micros: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** @returns milliseconds; null for none (`-1`), and for what is no time to the engines */
export function parseTimeout(value: unknown): number | null {
  const [, count, unit = ''] = /^\s*(\d+)\s*([a-z]+)\s*$/i.exec(typeof value === 'string' ? value : '') ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return count === undefined || factor === undefined ? null : Number(count) * factor;
}

/** The same search with another timeout in its body, which it has. */
export function withTimeout(body: JsonDocument, milliseconds: number): JsonDocument {
  return body.edited(body.replaceMember('timeout', `"timeout":"${whole(milliseconds)}ms"`));
}

/** The same path and query with another timeout, where the query has one: it wins over the body's. */
export function withTimeoutParameter(target: string, milliseconds: number): string {
  const [path = '', ...query] = target.split('?');
  if (query.length === 0) return target;
  const parameters = splitParameters(`?${query.join('?')}`).map((one) =>
    one.name === 'timeout' ? { ...one, text: `timeout=${whole(milliseconds)}ms` } : one,
  );
  return path + joinParameters(parameters);
}

function whole(milliseconds: number): number {
  return Math.max(1, Math.floor(milliseconds));
}
