// Readiness in words: what is missing, and nothing that tells where the engine is.
import { expect, test } from '@jest/globals';
import { catalogSchema } from '../../src/core/catalog.js';
import { createEngineClient } from '../../src/engine/client/create-engine-client.js';
import { createElasticsearchTransport } from '../../src/engine/client/elasticsearch-transport.js';
import { parseEngineAddress } from '../../src/engine/client/engine-address.js';
import { createActiveModelWatcher } from '../../src/models/serving/active-model-watcher.js';
import { notReadyReasons } from '../../src/server/readyz.js';

const catalogs = [catalogSchema.parse({ index: 'products' })];

test('an engine that is down is not named, whoever finds it down first', async () => {
  const url = 'http://127.0.0.1:9';
  const version = '9.2.0';
  const transport = createElasticsearchTransport(parseEngineAddress({ url }), version);
  const engine = createEngineClient({ kind: 'elasticsearch', version, url, ...transport });
  try {
    const watcher = createActiveModelWatcher(engine, ['products']);
    await watcher.refreshNow();
    const noModel = 'no model is active; train, save and activate one';
    const stale = 'settings cannot be read: the engine does not answer';
    expect(await notReadyReasons({ engine, catalogs }, watcher)).toEqual([stale, noModel]);
    const fresh = { ...watcher, stale: () => null };
    expect(await notReadyReasons({ engine, catalogs }, fresh)).toEqual([
      noModel,
      'the engine does not answer',
    ]);
    const indexExists = () => Promise.reject(new Error(`${url} is odd`));
    const odd = { ...engine, indexExists };
    expect(await notReadyReasons({ engine: odd, catalogs }, fresh)).toEqual([
      noModel,
      'an unexpected failure',
    ]);
  } finally {
    await engine.close();
  }
});
