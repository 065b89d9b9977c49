// The indices of a catalog: itself, or those behind its alias.
import type { EngineClient } from '../../engine/client/client.js';
import { call } from '../../engine/client/engine-response.js';
import { indexPath } from '../../engine/indices/index-path.js';

/** Their names; none when neither an index nor an alias has the catalog's name. */
export async function readCatalogIndices(
  engine: Pick<EngineClient, 'request'>,
  catalog: string,
): Promise<ReadonlySet<string>> {
  const { body } = await call<Record<string, unknown>>(engine.request, {
    method: 'GET',
    // Every index has this setting, so every index is in the response.
    path: indexPath(catalog, '_settings', 'index.uuid'),
    querystring: { ignore_unavailable: true },
  });
  return new Set(Object.keys(body));
}
