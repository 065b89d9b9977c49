// Which indices a catalog stands for: itself, or what its alias points to.
import type { EngineClient } from '../../engine/client/client.js';
import { call } from '../../engine/client/engine-response.js';
import { indexPath } from '../../engine/indices/index-path.js';

/** Names of indices; none when there is nothing of that name. */
export async function readCatalogIndices(
  engine: Pick<EngineClient, 'request'>,
  catalog: string,
): Promise<ReadonlySet<string>> {
  const { body } = await call<Record<string, unknown>>(engine.request, {
    method: 'GET',
    // Every index has this setting, so that every index is named.
    path: indexPath(catalog, '_settings', 'index.uuid'),
    querystring: { ignore_unavailable: true },
  });
  return new Set(Object.keys(body));
}
