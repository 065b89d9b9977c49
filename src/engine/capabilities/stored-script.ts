// The boost script, stored in the engine under an id with a hash of its text.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EngineClient } from '../client/client.js';
import { scriptErrorText } from '../client/engine-response.js';
import { indexPath } from '../indices/index-path.js';

/** The same path from the sources and from the compiled code. */
const BOOST_SCRIPT = new URL('../../../scripts/kindred-boost.painless', import.meta.url);

export interface StoredScript {
  /** null where the engine has no Painless, or refuses */
  readonly id: string | null;
  /** what the engine said when it refused */
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
    if (stored.status !== 200) return { id: null, refusal: scriptErrorText(stored.body) };
  }
  // The engine may forbid stored scripts to run. A multi-search would not show it: only its items fail.
  const rescore_query = {
    function_score: { script_score: { script: { id, params: { max: 1, fields: [] } } } },
  };
  const tried = await engine.request({
    method: 'POST',
    path: indexPath(indices.join(','), '_search'),
    querystring: { ignore_unavailable: true },
    body: { size: 1, rescore: { window_size: 1, query: { rescore_query } } },
  });
  return tried.status === 400 ? { id: null, refusal: scriptErrorText(tried.body) } : { id, refusal: null };
}
