// The boost script, stored in the engine under an id with a hash of its text.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EngineClient } from './client.js';
import { failure } from './engine-answer.js';

/** Lies beside the sources and beside the compiled code alike. */
const BOOST_SCRIPT = new URL('../../scripts/kindred-boost.painless', import.meta.url);

export interface StoredScript {
  /** null where the engine has no Painless, or refuses */
  readonly id: string | null;
  /** the engine's words, when it refused */
  readonly refusal: string | null;
}

/** Stores the script unless it is there. Another text is another id, so versions of Kindred can run side by side. */
export async function storeBoostScript(engine: Pick<EngineClient, 'request'>): Promise<StoredScript> {
  const source = await readFile(BOOST_SCRIPT, 'utf8');
  const id = `kindred-boost-${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
  const path = `/_scripts/${id}`;
  const known = await engine.request({ method: 'GET', path });
  if (known.status === 200) return { id, refusal: null };
  // Compiled in the context it is used in, so that a mistake shows here.
  const stored = await engine.request({
    method: 'PUT',
    path: `${path}/score`,
    body: { script: { lang: 'painless', source } },
  });
  return stored.status === 200 ? { id, refusal: null } : { id: null, refusal: wordsOf(stored.body) };
}

/** A compile error says nothing by itself: what and where is in its cause and its stack. */
function wordsOf(body: unknown): string {
  const { error } = (body ?? {}) as {
    error?: { script_stack?: readonly string[]; caused_by?: { reason?: string | null } };
  };
  const { reason } = failure(body);
  return [reason, error?.caused_by?.reason, ...(error?.script_stack ?? [])].filter(Boolean).join('\n');
}
