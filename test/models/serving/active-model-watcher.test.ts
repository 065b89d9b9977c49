// What the hot path serves by: followed within two seconds, kept through an outage.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import type { StoredDocument } from '../../../src/engine/client/client.js';
import { createEngineClient } from '../../../src/engine/client/create-engine-client.js';
import { createElasticsearchTransport } from '../../../src/engine/client/elasticsearch-transport.js';
import { parseEngineAddress } from '../../../src/engine/client/engine-address.js';
import { createOpensearchTransport } from '../../../src/engine/client/opensearch-transport.js';
import { createActiveModelWatcher } from '../../../src/models/serving/active-model-watcher.js';
import { DEFAULT_SETTINGS } from '../../../src/models/store/settings-store.js';
import { engines } from '../../helpers/engines.js';
import { until } from '../../helpers/eventually.js';
import { openShop, type Shop, SUMMER } from '../support/shop.js';

const OFF = { ...DEFAULT_SETTINGS, personalization: { enabled: false } };

/** A client of an address where nothing listens. */
function deadEngine(kind: EngineKind) {
  const url = 'http://127.0.0.1:9';
  const endpoint = parseEngineAddress({ url });
  const version = '9.2.0';
  return createEngineClient({
    kind,
    version,
    url,
    ...(kind === 'elasticsearch'
      ? createElasticsearchTransport(endpoint, version)
      : createOpensearchTransport(endpoint)),
  });
}

describe.each(engines())('active watcher on $kind', ({ kind }) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(kind);
  });
  afterAll(() => shop.close());

  test('knows nothing before its first read, and says so', () => {
    const watcher = createActiveModelWatcher(shop.engine, ['products']);
    expect(watcher.current('products')).toEqual({ enabled: true, active: null });
    expect(watcher.stale()).toContain('not been read');
  });

  test('follows the switch and an activation by itself', async () => {
    const watcher = createActiveModelWatcher(shop.engine, ['products']);
    await watcher.start();
    try {
      expect(watcher.stale()).toBeNull();
      await shop.settingsStore.put('products', OFF, 'test');
      await until(() => !watcher.current('products').enabled);
      await shop.modelStore.create(SUMMER, 'test');
      await shop.activate('summer');
      await until(() => watcher.current('products').active !== null);
      const { active } = watcher.current('products');
      expect(active).toMatchObject({ version: 1, profileIndex: 'kindred-profiles-summer-1' });
      await watcher.refreshNow();
      expect(watcher.current('products').active).toBe(active);
    } finally {
      watcher.stop();
    }
  });

  test('keeps the last known state while the engine is unreachable, and recovers', async () => {
    const dead = deadEngine(kind);
    let engine: Pick<typeof shop.engine, 'mget'> = shop.engine;
    const watcher = createActiveModelWatcher({ mget: (...args) => engine.mget(...args) }, ['products']);
    await watcher.refreshNow();
    const known = watcher.current('products');
    expect(known.active?.model.id).toBe('summer');
    engine = dead;
    await watcher.refreshNow();
    expect(watcher.current('products')).toEqual(known);
    expect(watcher.stale()).toBe('settings cannot be read: the engine does not answer');
    engine = shop.engine;
    await watcher.refreshNow();
    expect(watcher.stale()).toBeNull();
    await dead.close();
  });
});

test('within two seconds of the clock it has read again', async () => {
  jest.useFakeTimers();
  let reads = 0;
  const engine = {
    async mget<T>() {
      reads += 1;
      return [] as (StoredDocument<T> | null)[];
    },
  };
  const watcher = createActiveModelWatcher(engine, ['products']);
  try {
    await watcher.start();
    for (let round = 0; round < 3; round += 1) {
      reads = 0;
      await jest.advanceTimersByTimeAsync(2_000);
      expect(reads).toBeGreaterThan(0);
    }
  } finally {
    watcher.stop();
    jest.useRealTimers();
  }
});
