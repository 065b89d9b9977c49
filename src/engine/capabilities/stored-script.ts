// The boost script, stored in the engine under an id with a hash of its text.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EngineClient } from '../client/client.js';
import { failure } from '../client/engine-answer.js';
import { indexPath } from '../indices/index-path.js';

/** Lies beside the sources and beside the compiled code alike. */
const BOOST_SCRIPT = new URL('../../../scripts/kindred-boost.painless', import.meta.url);

export interface StoredScript {
  /** null where the engine has no Painless, or refuses */
  readonly id: string | null;
  /** the engine's words, when it refused */
  readonly refusal: string | null;
}

/**
 * Stores the script unless it is there, and runs it once. Another text is another id, so versions of Kindred can run
 * side by side.
 * @param indices where it is to run; absent ones do not matter
 */
export async function storeBoostScript(
  engine: Pick<EngineClient, 'request'>,
  indices: readonly string[],
): Promise<StoredScript> {
  const source = await readFile(BOOST_SCRIPT, 'utf8');
  const id = `kindred-boost-${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
  const path = `/_scripts/${id}`;
  const known = await engine.request({ method: 'GET', path });
  if (known.status !== 200) {
    // Compiled in the context it is used in, so that a mistake shows here.
    const body = { script: { lang: 'painless', source } };
    const stored = await engine.request({ method: 'PUT', path: `${path}/score`, body });
    if (stored.status !== 200) return { id: null, refusal: wordsOf(stored.body) };
  }
  // Stored scripts can be forbidden to run, and a multi-search would not tell: its items fail by themselves.
  const rescore_query = {
    function_score: { script_score: { script: { id, params: { max: 1, fields: [] } } } },
  };
  const tried = await engine.request({
    method: 'POST',
    path: indexPath(indices.join(','), '_search'),
    querystring: { ignore_unavailable: true },
    body: { size: 1, rescore: { window_size: 1, query: { rescore_query } } },
  });
  return tried.status === 400 ? { id: null, refusal: wordsOf(tried.body) } : { id, refusal: null };
}

/** A compile error says nothing by itself: what and where is in its cause and its stack. */
function wordsOf(body: unknown): string {
  const { error } = (body ?? {}) as {
    error?: { script_stack?: readonly string[]; caused_by?: { reason?: string | null } };
  };
  const { reason } = failure(body);
  return [reason, error?.caused_by?.reason, ...(error?.script_stack ?? [])].filter(Boolean).join('\n');
}
