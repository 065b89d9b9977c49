// The composition of a proxy: every part that answers searches and takes events, wired once, top to bottom.
import type { Logger } from 'pino';
import type { Catalog } from '../core/catalog.js';
import type { ActiveModel } from '../core/model/model.js';
import type { EngineClient } from '../engine/client/client.js';
import type { EngineAddress } from '../engine/client/engine-address.js';
import { createUpstream } from '../engine/upstream.js';
import { createEventIntake, type EventIntake } from '../events/event-intake.js';
import { createIdentify, type IdentifyVisitor } from '../events/identify.js';
import { createProductLookup, type LookUpProducts } from '../events/product-lookup.js';
import { productFields } from '../models/catalog/catalog-fields.js';
import { type ActiveModelWatcher, createActiveModelWatcher } from '../models/serving/active-model-watcher.js';
import { createCapabilityWatcher } from '../models/serving/capability-watcher.js';
import { createSavedModels } from '../models/serving/saved-models.js';
import type { ModelStore } from '../models/store/model-store.js';
import { createErasureGuard, type ErasureGuard } from '../privacy/erasure-guard.js';
import { createProfileStore } from '../profiles/profile-store.js';
import { createReadAhead } from '../profiles/read-ahead.js';
import type { SearchContext } from '../search/search-context.js';
import { createProfileDeadline, type DeadlineSetting } from '../search/visitor/profile-deadline.js';
import { isSessionsUnavailable } from '../sessions/session-store.js';
import { createCleanUp } from './clean-up.js';
import type { ProxyReporter } from './proxy-metrics.js';
import type { SharedState } from './shared-state.js';

/** Of all processes together, as long as each can hold the population profile. */
const PROFILE_BYTES = 256 * 1024 * 1024;
const MIN_PROFILE_BYTES = 64 * 1024 * 1024;
/**
 * A version's profiles never change, and an erased user's profile is dropped at once: profiles are read again only in
 * case an index was replaced by hand.
 */
const PROFILE_CACHE = { ttlMs: 60_000, negativeTtlMs: 30_000 };

export interface ProxyOptions {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly modelStore: Pick<ModelStore, 'list'>;
  /** where searches go, and with which credential */
  readonly searchAddress: EngineAddress;
  readonly shared: Pick<SharedState, 'sessions' | 'pageOrders'>;
  readonly reporter: ProxyReporter;
  readonly log: Logger;
  /** proxies on this machine, which share its memory */
  readonly processes: number;
  /** how long a search waits for its profiles; absent: as the setting's default */
  readonly profileDeadline?: DeadlineSetting | undefined;
}

/** What the proxy listener serves; the admin side previews searches and takes test events with the same parts. */
export interface ProxyParts {
  readonly search: SearchContext;
  readonly products: LookUpProducts;
  readonly intake: EventIntake;
  readonly identify: IdentifyVisitor;
  readonly activeModel: ActiveModelWatcher;
  readonly erasureGuard: ErasureGuard;
  close(): Promise<void>;
}

/** Does not wait for an engine that does not answer: searches are not personalized until it does. */
export async function createProxy(options: ProxyOptions): Promise<ProxyParts> {
  const { engine, catalogs, reporter, log } = options;
  const { sessions, pageOrders } = options.shared;
  const cleanUp = createCleanUp();

  const upstream = createUpstream(options.searchAddress);
  cleanUp.add(() => upstream.close());

  const maxBytes = Math.max(PROFILE_BYTES / options.processes, MIN_PROFILE_BYTES);
  const profiles = createProfileStore(engine, { ...PROFILE_CACHE, maxBytes });
  reporter.profileReads(profiles.counts);

  const capabilities = createCapabilityWatcher(engine, catalogs, {
    onFailure: (err) => log.warn({ err }, 'the capabilities of the engine cannot be read'),
    onScriptRefused: (words) =>
      log.warn({ words }, 'the engine refused the boost script: boosts are sent without it'),
  });
  await capabilities.start();
  cleanUp.add(() => capabilities.stop());

  const erasureGuard = createErasureGuard({ engine, store: profiles, now: Date.now });
  cleanUp.add(async () => erasureGuard.stop());

  const readProfiles = erasureGuard.profiles(profiles.read);
  const readAhead = createReadAhead({
    readProfiles,
    active: () => catalogs.flatMap(({ name }) => servedModel(activeModel, name) ?? []),
    onError: (err) => log.warn({ err }, 'profiles of the active model cannot be read'),
  });
  const activeModel: ActiveModelWatcher = createActiveModelWatcher(
    engine,
    catalogs.map(({ name }) => name),
    {
      onErasure: erasureGuard.refresh,
      onActive: (active) => {
        void capabilities.refreshNow();
        readAhead.activated(active);
      },
    },
  );
  await activeModel.start();
  cleanUp.add(() => activeModel.stop());

  const deadline = createProfileDeadline(options.profileDeadline);
  reporter.profileDeadline(deadline.current);
  const search: SearchContext = {
    engine: {
      kind: engine.kind,
      upstream,
      capabilities: capabilities.current,
      indicesOf: capabilities.indicesOf,
    },
    catalogs: new Map(catalogs.map((catalog) => [catalog.name, catalog])),
    models: { serving: activeModel.current, byId: createSavedModels(options.modelStore) },
    profiles: {
      readProfiles,
      readSession: erasureGuard.sessions(sessions.read),
      pageOrders,
      get deadlineMs() {
        return deadline.current();
      },
      now: Date.now,
    },
    onOutcome: reporter.search,
    onEngineTime: deadline.observe,
    onContact: ({ userId }) => userId !== undefined && readAhead.contact({ userIds: [userId] }),
    onRewriteRejected: (refusal) => {
      log.error({ reason: refusal }, 'the engine refused a rewritten search: the original was sent instead');
      capabilities.refused(refusal);
    },
  };

  const products = createCatalogLookup(engine, catalogs);
  const onSessionError = (err: unknown) => {
    if (!isSessionsUnavailable(err)) log.warn({ err }, 'stored events did not reach their session');
  };
  const events = { engine, sessions, now: Date.now, onSessionError, onContact: readAhead.contact };
  const intake = createEventIntake({ ...events, products, onReceived: reporter.events });
  const identify = createIdentify(events);

  return { search, products, intake, identify, activeModel, erasureGuard, close: cleanUp.run };
}

function servedModel(watcher: ActiveModelWatcher, catalog: string): ActiveModel | null {
  const { enabled, active } = watcher.current(catalog);
  return enabled ? active : null;
}

/** Events name a product by its id alone: of several catalogs that have it, the first one counts. */
function createCatalogLookup(engine: EngineClient, catalogs: readonly Catalog[]): LookUpProducts {
  const lookups = catalogs.map((catalog) =>
    createProductLookup(engine, catalog, () => productFields(engine, catalog)),
  );
  return async (objectIds) => {
    const found = await Promise.allSettled(lookups.map((lookUp) => lookUp(objectIds)));
    const read = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const [failed] = found.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    // A catalog that cannot be read keeps no event of the others from its session.
    if (read.length === 0 && failed !== undefined) throw failed;
    return new Map(read.reverse().flatMap((products) => [...products]));
  };
}
