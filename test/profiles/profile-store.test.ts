// The profile store on a real profile index.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { individualId, type ProfileDocument, populationId } from '../../src/core/profile/profile.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createProfileIndex } from '../../src/engine/indices/bootstrap.js';
import { createProfileStore } from '../../src/profiles/profile-store.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';

const profile: ProfileDocument = {
  kind: 'individual',
  key: 'Ünal/1',
  cohort: null,
  people: 1,
  events: 2,
  scopes: [{ category: null, fields: [{ field: 'brand', total: 1.5, values: [['Acme', 1.5]] }] }],
};
const options = { maxBytes: 1e6, ttlMs: 60_000, negativeTtlMs: 1_000 };

describe.each(engines())('$kind', ({ kind }) => {
  let engine: EngineClient;
  const index = uniqueIndex('kindred-profiles-test');

  beforeAll(async () => {
    engine = await connectTest(kind);
    await createProfileIndex(engine, index);
    await engine.put(index, individualId('Ünal/1'), profile);
  });
  afterAll(async () => {
    await engine.deleteIndex(index);
    await engine.close();
  });

  test('reads profiles as they were published, and null for nobody', async () => {
    const store = createProfileStore(engine, options);
    const ids = [individualId('ünal/1'), individualId('Ünal/1'), populationId(null)];
    expect(await store.read(index, ids)).toEqual([null, profile, null]);
  });

  test('an index that is not there is an error, not an empty store', async () => {
    const store = createProfileStore(engine, options);
    await expect(store.read('kindred-profiles-gone', ['individual:x'])).rejects.toMatchObject({
      name: 'KindredError',
    });
  });

  test('an index that cannot be read is an error, not an empty store, and is read when it can be', async () => {
    const closed = uniqueIndex('kindred-profiles-closed');
    await createProfileIndex(engine, closed);
    await engine.put(closed, 'individual:a', { ...profile, key: 'a' });
    const store = createProfileStore(engine, options);
    const set = (state: '_close' | '_open') =>
      engine.request({ method: 'POST', path: `/${closed}/${state}` });
    await set('_close');
    await expect(store.read(closed, ['individual:a', 'individual:b'])).rejects.toMatchObject({
      name: 'KindredError',
    });
    await set('_open');
    expect(await store.read(closed, ['individual:a', 'individual:b'])).toEqual([
      { ...profile, key: 'a' },
      null,
    ]);
    await engine.deleteIndex(closed);
  });

  test('profiles known once survive the loss of their index', async () => {
    const lost = uniqueIndex('kindred-profiles-lost');
    await createProfileIndex(engine, lost);
    await engine.put(lost, 'individual:a', { ...profile, key: 'a' });
    const store = createProfileStore(engine, { ...options, ttlMs: 1 });
    await store.read(lost, ['individual:a']);
    await engine.deleteIndex(lost);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await store.read(lost, ['individual:a'])).toEqual([{ ...profile, key: 'a' }]);
  });
});

test('a document that is no profile is refused', async () => {
  const engine = {
    mget: async <T>() => [
      { id: 'individual:x', source: { kind: 'individual' } as T, seqNo: 0, primaryTerm: 1 },
    ],
  };
  await expect(createProfileStore(engine, options).read('p', ['individual:x'])).rejects.toMatchObject({
    code: 'profile-malformed',
  });
});
