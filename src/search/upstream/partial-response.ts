// Whether a response has fewer hits than it could: the engine ran out of time, or shards failed.
import { constants, gunzipSync, inflateSync } from 'node:zlib';
import { z } from 'zod';
import { inflateBody } from '../request/read-body.js';
import type { BufferedResponse } from './forward.js';

/** How engines say that a search took too much time or memory, or that no shard could do it. */
export const FAILURES: readonly number[] = [429, 503, 504];
/** Of a response: behind this, no `_shards` comes any more. A point in time's id stands before it. */
const MAX_HEAD_BYTES = 64 * 1024;
/** Of those bytes inflated: a text of which so much says nothing is left alone. */
const MAX_INFLATED_BYTES = 16 * 1024 * 1024;
const MAX_BYTES = 100_000_000;
const SHARDS = /"_shards"\s*:\s*\{[^}]*?"failed"\s*:\s*(\d+)/;
const TIMED_OUT = /"timed_out"\s*:\s*true/;

/**
 * What the engines write in front of the hits of a search decides.
 * @param bytes the response as far as it is there
 * @param ended there is no more of it
 * @returns undefined while more is needed
 */
export function isPartialSearch({ headers, bytes }: BufferedResponse, ended = false): boolean | undefined {
  const head = inflatedHead(bytes, headers['content-encoding']);
  if (head === null || !/^\s*(\{|$)/.test(head)) return false;
  const [front = ''] = head.split('"hits"', 1);
  const shards = SHARDS.exec(front);
  if (shards) return shards[1] !== '0' || TIMED_OUT.test(front.slice(0, shards.index));
  const enough = ended || front.length < head.length || bytes.length > MAX_HEAD_BYTES;
  return enough ? TIMED_OUT.test(front) : undefined;
}

/** Null for what cannot be read. */
function inflatedHead(bytes: Buffer, encoding: string | string[] | undefined): string | null {
  if (encoding === undefined || encoding === 'identity') return bytes.toString('latin1', 0, MAX_HEAD_BYTES);
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_INFLATED_BYTES };
  try {
    const start = bytes.subarray(0, MAX_HEAD_BYTES);
    if (encoding === 'gzip') return gunzipSync(start, options).toString('latin1', 0, MAX_HEAD_BYTES);
    return encoding === 'deflate' ? inflateSync(start, options).toString('latin1', 0, MAX_HEAD_BYTES) : null;
  } catch {
    return null;
  }
}

const itemSchema = z.object({
  status: z.number().default(200),
  timed_out: z.boolean().default(false),
  _shards: z.object({ failed: z.number().default(0) }).default({ failed: 0 }),
  error: z.unknown().optional(),
});
const responsesSchema = z.object({ responses: z.array(itemSchema) });

export type MultiSearchItem = z.infer<typeof itemSchema>;

/** The items of a multi-search's response, by position; empty where none can be read. */
export async function readItems({ headers, bytes }: BufferedResponse): Promise<readonly MultiSearchItem[]> {
  const text = await inflateBody(bytes, headers['content-encoding'] ?? '', MAX_BYTES).catch(() => null);
  // Most responses have nothing of this, and need not be parsed.
  const json = text?.toString('utf8') ?? '';
  if (!SUSPICIOUS.some((one) => one.test(json))) return [];
  try {
    return responsesSchema.parse(JSON.parse(json)).responses;
  } catch {
    return [];
  }
}

const SUSPICIOUS = [/"timed_out"\s*:\s*true/, /"failed"\s*:\s*[1-9]/, /"status"\s*:\s*[45]\d\d/];

export function isPartialItem({ status, timed_out, _shards }: MultiSearchItem): boolean {
  return timed_out || _shards.failed > 0 || FAILURES.includes(status);
}
