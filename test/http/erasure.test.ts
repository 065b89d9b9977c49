// Erasure: what was stored of a person is gone, no proxy serves it, no training learns it, and what comes later counts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { individualId, populationId } from '../../src/core/profile/profile.js';
import { readTombstones, writeTombstone } from '../../src/engine/documents/tombstones.js';
import { userHash } from '../../src/engine/documents/user-hash.js';
import { createQualityGate } from '../../src/evaluation/quality-gate/quality-gate.js';
import { createActiveModelWatcher } from '../../src/models/serving/active-model-watcher.js';
import { createErasureGuard } from '../../src/privacy/erasure-guard.js';
import { createProfileStore } from '../../src/profiles/profile-store.js';
import { createTrainer } from '../../src/training/trainer.js';
import { engines } from '../helpers/engines.js';
import { pause, until } from '../helpers/eventually.js';
import { problem } from './admin-shop.js';
import { CATALOG, MODEL, openTrainedShop, type TrainedShop } from './trained-shop.js';

const click = (object_id: string, who: object) => ({
  action_name: 'click',
  event_attributes: { object: { object_id } },
  ...who,
});
const BODY = { query: { match: { title: 'summer' } }, size: 5 };

describe.each(engines())('$kind', ({ kind }) => {
  let shop: TrainedShop;
  beforeAll(async () => {
    shop = await openTrainedShop(kind);
    await shop.modelStore.create(MODEL, 'test');
    await shop.activate('tastes');
    await shop.activate('tastes');
  });
  afterAll(() => shop.close());

  const erase = (id: string) =>
    shop
      .agent('admin')
      .delete(`/api/users/${encodeURIComponent(id)}`)
      .set('If-Match', '*');
  const outcome = async (headers: Record<string, string>) =>
    (await shop.ask(BODY, headers).expect(200)).headers['x-personalization'];
  const objectsIn = async (query: object) => {
    await shop.engine.refresh('ubi_events');
    const { hits } = await shop.engine.search<{ event_attributes?: { object?: { object_id: string } } }>(
      'ubi_events',
      { size: 100, query },
    );
    return hits.hits.map(({ _source }) => _source.event_attributes?.object?.object_id ?? 'log-in').sort();
  };

  test('it takes an admin, and an If-Match that means it', async () => {
    for (const role of ['viewer', 'editor'] as const)
      expect(await shop.agent(role).delete('/api/users/ann').set('If-Match', '*')).toEqual(
        problem(403, 'role-needed'),
      );
    expect(await shop.agent('admin').delete('/api/users/ann')).toEqual(problem(428, 'precondition-required'));
    expect(await shop.agent('admin').delete('/api/users/ann').set('If-Match', '"1.1"')).toEqual(
      problem(412, 'stale'),
    );
    expect((await shop.agent().get('/api/users/ann')).status).toBe(200);
  });

  test('everything of a person is gone at once, on every proxy soon, and nothing of anybody else', async () => {
    // A device that Ann and then Bob used; what was done on it before Bob logged in, after Ann did, is his.
    await shop.send(click('p8', { client_id: 'tablet', session_id: 'a' }));
    await shop.identify({ user_id: 'ann', client_id: 'tablet', session_id: 'a' });
    await shop.send(click('p10', { user_id: 'ann', session_id: 'a' }));
    await pause(5);
    await shop.send(click('p12', { client_id: 'tablet', session_id: 'b' }));
    await shop.identify({ user_id: 'bob', client_id: 'tablet' });
    await shop.send(click('p14', { session_id: 'elsewhere' }));
    const bobs = await objectsIn({ term: { user_id: 'bob' } });

    const [active] = [await shop.settingsStore.active('products')];
    const store = createProfileStore(shop.engine, { maxBytes: 1e7, ttlMs: 600_000, negativeTtlMs: 1 });
    const guard = createErasureGuard({ engine: shop.engine, store, now: Date.now });
    const watcher = createActiveModelWatcher(shop.engine, [], { onErasure: guard.refresh });
    await watcher.start();
    const otherProxy = guard.profiles(store.read);
    const otherSession = guard.sessions(shop.sessions.read);
    const ids = [individualId('ann'), populationId(null), individualId('bob')];
    const index = active?.profileIndex ?? '';
    const known = async () => (await otherProxy(index, ids)).map((profile) => profile?.key);
    expect(await known()).toEqual(['ann', 'all', 'bob']);
    expect(await otherSession({ sessionId: 'a' })).toHaveLength(2);
    expect(await outcome({ 'x-user-id': 'ann' })).toContain('individual');

    const { body } = await erase('ann').expect(202);
    expect(body).toEqual({ erased: { events: 12 + 1 + 1 + 1, profiles: 2, customers: 1 }, tombstone: true });

    expect(await outcome({ 'x-user-id': 'ann' })).toBe('skipped; reason=no-profile');
    expect(await outcome({ 'x-session-id': 'a' })).toBe('skipped; reason=no-profile');
    expect(await outcome({ 'x-user-id': 'bob' })).toContain('individual');
    await until(async () => (await known()).join() === ',all,bob');
    expect(await otherSession({ userId: 'ann' })).toEqual([]);
    expect(await otherSession({ sessionId: 'a', clientId: 'tablet' })).toEqual([]);
    watcher.stop();
    guard.stop();

    expect(await objectsIn({ term: { user_id: 'ann' } })).toEqual([]);
    expect(await objectsIn({ term: { client_id: 'tablet' } })).toEqual(['log-in', 'p12']);
    expect(await objectsIn({ term: { session_id: 'elsewhere' } })).toEqual(['p14']);
    expect(await objectsIn({ term: { user_id: 'bob' } })).toEqual(bobs);
    const exported = (await shop.agent('admin').get('/api/users/ann/export').expect(200)).body;
    expect(exported).toMatchObject({ events: [], profiles: [], session: [], customer: [] });
    expect(await shop.agent().get('/api/users/ann')).toEqual(problem(404, 'profile-not-found'));
  });

  test('the trail and the tombstone know the person by a hash alone', async () => {
    const { entries } = (await shop.agent().get('/api/audit?limit=20')).body;
    const erased = entries.filter(({ action }: { action: string }) => action === 'erase');
    expect(erased).toEqual([
      expect.objectContaining({
        resource: `users/${userHash('ann').slice(0, 16)}`,
        detail: '15 events, 2 profiles',
      }),
    ]);
    expect(JSON.stringify(entries)).not.toContain('ann');
    const [tombstone] = await readTombstones(shop.engine);
    expect(tombstone).toMatchObject({ hash: userHash('ann') });
    expect(JSON.stringify(tombstone)).not.toContain('ann');
  });

  test('a training learns nothing of what comes back from before, and all that comes after', async () => {
    // A backup, a spool, a second load: old events return, and so do attributes.
    const old = {
      user_id: 'ann',
      action_name: 'purchase',
      event_attributes: { object: { object_id: 'p2' } },
    };
    await shop.engine.put('ubi_events', 'back', { ...old, timestamp: '2026-02-01T00:00:00Z' });
    await shop.engine.put('products-customers', 'ann', { user_id: 'ann', age: '45-54' }, { refresh: true });
    await shop.engine.refresh('ubi_events');
    const { profileIndex } = await shop.activate('tastes');
    expect(await shop.engine.get(profileIndex, individualId('ann'))).toBeNull();
    expect(await shop.engine.get(profileIndex, individualId('bob'))).not.toBeNull();

    await shop.send({ ...old, event_attributes: { object: { object_id: 'p6' } } });
    const again = await shop.activate('tastes');
    expect((await shop.engine.get(again.profileIndex, individualId('ann')))?.source).toMatchObject({
      events: 1,
      cohort: 'age=45-54',
      products: [['p6', expect.any(Number), expect.any(Number), 'shoes', 1, 1]],
    });
  });

  test('who is erased while a training publishes is not in what it published', async () => {
    const { engine } = shop;
    let told = false;
    const train = createTrainer({
      judge: createQualityGate(),
      engine: {
        ...engine,
        async bulk(...write) {
          const failures = await engine.bulk(...write);
          if (!told) await writeTombstone(engine, 'u5', { at: Date.now(), sessionKeys: [] });
          told = true;
          return failures;
        },
      },
    });
    const model = { ...(await shop.modelStore.get('tastes')).source.model, id: 'meanwhile' };
    const result = await train({ model, catalog: CATALOG, version: 1 });
    expect(told).toBe(true);
    expect(await engine.get(result.profileIndex, individualId('u5'))).toBeNull();
    expect(await engine.get(result.profileIndex, individualId('u6'))).not.toBeNull();
    expect(await engine.count(result.profileIndex)).toBe(result.profiles);
  });

  test('somebody unknown leaves a tombstone too, and ids may be anything', async () => {
    for (const id of ['nobody', 'a/b?c=*', '<b>"\u202e😀'.repeat(3)]) {
      const { body } = await erase(id).expect(202);
      expect(body).toEqual({ erased: { events: 0, profiles: 0, customers: 0 }, tombstone: true });
    }
    expect(await outcome({ 'x-user-id': 'bob' })).toContain('individual');
  });
});
