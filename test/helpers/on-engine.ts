// What a proxy needs to stand in front of a real engine and a catalog of the test's own.
import { catalogSchema } from '../../src/core/catalog.js';
import type { EngineKind } from '../../src/core/engine-kind.js';
import type { ActiveModel } from '../../src/core/model/model.js';
import type { Upstream } from '../../src/engine/upstream.js';
import type { SearchOptions } from './search-context.js';

/** @param index the catalog's, also where it is an alias */
export function onEngine(
  kind: EngineKind,
  upstream: Upstream,
  index: string,
  active: ActiveModel,
): Partial<SearchOptions> {
  const model = { ...active.model, catalog: index };
  return {
    upstream,
    engine: kind,
    catalogs: new Map([[index, catalogSchema.parse({ index })]]),
    serving: () => ({ enabled: true, active: { ...active, model } }),
  };
}
