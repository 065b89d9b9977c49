// The hot path's dependencies over an engine in a namespace: searches go to the prefixed index too.
import type { Catalog } from '../../src/core/catalog.js';
import { hasRescorerRetriever } from '../../src/engine/capabilities/engine-features.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import { createProductLookup } from '../../src/events/product-lookup.js';
import { productFields } from '../../src/models/catalog/catalog-fields.js';
import type { EngineCapabilities } from '../../src/query/placement/engine-capabilities.js';
import type { SearchOptions } from '../helpers/search-context.js';

export interface Namespaced {
  /** from `inNamespace` with this prefix */
  readonly engine: EngineClient;
  readonly prefix: string;
  readonly catalog: Catalog;
  readonly boostFields?: EngineCapabilities['boostFields'];
  readonly painless?: EngineCapabilities['painless'];
  readonly serving: SearchOptions['serving'];
  readonly readProfiles: SearchOptions['readProfiles'];
  readonly readSession: SearchOptions['readSession'];
}

export function searchInNamespace(namespaced: Namespaced) {
  const { engine, prefix, catalog, boostFields, painless = null, ...served } = namespaced;
  const direct = createUpstream({ url: engine.url });
  const at = <R extends { readonly path: string }>(request: R): R => ({
    ...request,
    path: request.path.replace(/^\//, `/${prefix}`),
  });
  const upstream: Upstream = {
    send: (request, onAnswer) => direct.send(at(request), onAnswer),
    request: (request) => direct.request(at(request)),
    close: () => direct.close(),
  };
  const search: SearchOptions = {
    upstream,
    engine: engine.kind,
    capabilities: () => ({
      kind: engine.kind,
      painless,
      boostFields,
      rescorerRetriever: hasRescorerRetriever(engine),
      maxWindow: 10_000,
    }),
    indicesOf: () => new Set(),
    catalogs: new Map([[catalog.index, catalog]]),
    ...served,
    modelById: async () => null,
    deadlineMs: 5_000,
    maxBodyBytes: 1e6,
    now: Date.now,
    onRewriteRejected: (reason) => {
      throw new Error(reason);
    },
  };
  const products = createProductLookup(engine, catalog, () => productFields(engine, catalog));
  return { search, products };
}
