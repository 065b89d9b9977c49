// Puts documents into an index of a test, to be found at once.
import type { EngineClient } from '../../src/engine/client/client.js';

/**
 * Rejects when one is refused.
 * @param documents a text is JSON already
 */
export async function indexDocuments(
  engine: Pick<EngineClient, 'bulk'>,
  index: string,
  documents: Iterable<readonly [id: string, document: object | string]>,
): Promise<void> {
  const items = [...documents].map(([id, document]) => ({ action: 'index' as const, id, document }));
  const failures = await engine.bulk(index, items, { refresh: true });
  if (failures.length > 0) throw new Error(JSON.stringify(failures[0]));
}
