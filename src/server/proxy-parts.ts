// What a proxy works with, before it listens: searches and events; the admin side previews and tries events on the same.
import type { Logger } from 'pino';
import type { Catalog } from '../core/catalog.js';
import { populationId } from '../core/profile/profile.js';
import type { EngineClient } from '../engine/client/client.js';
import type { EngineAddress } from '../engine/client/engine-address.js';
import { createUpstream } from '../engine/upstream.js';
import { createEventIntake, type EventIntake, type LookUpProducts } from '../events/event-intake.js';
import { createIdentify, type IdentifyVisitor } from '../events/identify.js';
import { createProductLookup } from '../events/product-lookup.js';
import { catalogFields } from '../models/catalog/catalog-fields.js';
import { type ActiveWatcher, createActiveWatcher } from '../models/serving/active-model-watcher.js';
import { createCapabilityWatcher } from '../models/serving/capability-watcher.js';
import { createSavedModels } from '../models/serving/saved-models.js';
import type { ModelStore } from '../models/store/model-store.js';
import { createErasureGuard, type ErasureGuard } from '../privacy/erasure-guard.js';
import { createProfileStore } from '../profiles/profile-store.js';
import type { SearchDeps } from '../search/search-deps.js';
import { createStableOrder } from '../search/visitor/stable-order.js';
import { isUnavailable } from '../sessions/session-store.js';
import { createCleanUp } from './clean-up.js';
import type { SharedState } from './shared-state.js';
import type { Watch } from './watching.js';

/** Of all processes together, as long as each can hold the population. */
const PROFILE_BYTES = 256 * 1024 * 1024;
const LEAST_PROFILE_BYTES = 64 * 1024 * 1024;
/** A version's profiles never change and who is erased is forgotten at once, so they are read again only in case an index was replaced by hand. */
const PROFILE_CACHE = { ttlMs: 60_000, negativeTtlMs: 30_000 };
const PROFILE_DEADLINE_MS = 20;
const MAX_SEARCH_BYTES = 10 * 1024 * 1024;

export interface PartsOptions {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly modelStore: Pick<ModelStore, 'list'>;
  /** where and with which credential searches go */
  readonly searchAddress: EngineAddress;
  readonly shared: Pick<SharedState, 'sessions' | 'pageOrders'>;
  /** told of searches and events as they end */
  readonly watch: Watch;
  readonly log: Logger;
  /** proxies on this machine, which share its memory */
  readonly processes: number;
}

export interface ProxyParts {
  readonly search: SearchDeps;
  readonly products: LookUpProducts;
  readonly intake: EventIntake;
  readonly identify: IdentifyVisitor;
  readonly watcher: ActiveWatcher;
  readonly guard: ErasureGuard;
  close(): Promise<void>;
}

/** Never waits for an engine that does not answer: searches go plain until it does. */
export async function openProxyParts(options: PartsOptions): Promise<ProxyParts> {
  const { engine, catalogs, log } = options;
  const { sessions, pageOrders } = options.shared;
  const cleanUp = createCleanUp();
  const upstream = createUpstream(options.searchAddress);
  cleanUp.add(() => upstream.close());
  const maxBytes = Math.max(PROFILE_BYTES / options.processes, LEAST_PROFILE_BYTES);
  const profiles = createProfileStore(engine, { ...PROFILE_CACHE, maxBytes });
  const indices = catalogs.map(({ index }) => index);
  const capabilities = createCapabilityWatcher(engine, indices, {
    onFailure: (err) => log.warn({ err }, 'what the engine can do on the catalogs cannot be read'),
    onScriptRefused: (words) => log.warn({ words }, 'boosts go without a script, as the engine takes none'),
  });
  await capabilities.start();
  cleanUp.add(() => capabilities.stop());
  options.watch.readsFrom(profiles.counts);
  const guard = createErasureGuard({ engine, store: profiles, now: Date.now });
  cleanUp.add(async () => guard.stop());
  const watcher = createActiveWatcher(engine, {
    onErasure: guard.refresh,
    onActive: ({ profileIndex }) => {
      void capabilities.refreshNow();
      // The population is the largest profile and in every plan: read before the first search asks for it.
      profiles
        .read(profileIndex, [populationId(null)])
        .catch((err) => log.warn({ err }, 'profiles of the active model cannot be read'));
    },
  });
  await watcher.start();
  cleanUp.add(() => watcher.stop());

  const search: SearchDeps = {
    upstream,
    engine: engine.kind,
    capabilities: capabilities.current,
    indicesOf: capabilities.indicesOf,
    catalogs: new Map(catalogs.map((catalog) => [catalog.index, catalog])),
    serving: watcher.current,
    modelById: createSavedModels(options.modelStore),
    readProfiles: guard.profiles(profiles.read),
    readSession: guard.sessions(sessions.read),
    stableOrder: createStableOrder(pageOrders),
    deadlineMs: PROFILE_DEADLINE_MS,
    maxBodyBytes: MAX_SEARCH_BYTES,
    now: Date.now,
    onRewriteRejected: (reason) => {
      log.error({ reason }, 'the engine refused a rewritten search; sent it plain');
      capabilities.refused(reason);
    },
    onOutcome: options.watch.search,
  };
  const products = createCatalogLookup(engine, catalogs);
  const onFoldError = (err: unknown) => {
    if (!isUnavailable(err)) log.warn({ err }, 'stored events did not reach their session');
  };
  return {
    search,
    products,
    intake: createEventIntake({
      engine,
      sessions,
      products,
      now: Date.now,
      onFoldError,
      onHeard: options.watch.heard,
    }),
    identify: createIdentify({ engine, sessions, now: Date.now, onFoldError }),
    watcher,
    guard,
    close: cleanUp.run,
  };
}

/** Events name a product by its id alone: the first catalog that has it answers. */
function createCatalogLookup(engine: EngineClient, catalogs: readonly Catalog[]) {
  const lookups = catalogs.map((catalog) =>
    createProductLookup(engine, catalog, async () =>
      (await catalogFields(engine, catalog)).map(({ field }) => field),
    ),
  );
  return async (objectIds: readonly string[]) => {
    const found = await Promise.all(lookups.map((lookUp) => lookUp(objectIds)));
    return new Map(found.reverse().flatMap((products) => [...products]));
  };
}
