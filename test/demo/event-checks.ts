// Events: a click changes the very next search of its session, and what is not an event is refused whole.
import { expect, test } from '@jest/globals';
import { expectSame } from './plain-checks.js';
import type { RunningDemo } from './run-demo.js';
import { ask, ids, plain, search, sendEvents, storefront, type Visitor } from './shop-client.js';

const BODY = storefront('shirt', { size: 20 });

export function eventChecks(demo: RunningDemo): void {
  test('a click of an anonymous visitor changes the very next search of that session, and of no other', async () => {
    const off = ids(await plain(demo, BODY));
    const clicked = off.at(-1) ?? '';
    for (const visitor of [{ session: 'clicking' }, { client: 'clicking-device' }] satisfies Visitor[]) {
      const before = await search(demo, BODY, visitor);
      expect(before.header('x-personalization')).toBe('skipped; reason=no-profile');
      expect(ids(before)).toEqual(off);
      const receipt = await sendEvents(demo, {
        ...click(clicked),
        ...('session' in visitor ? { session_id: visitor.session } : { client_id: visitor.client }),
      });
      expect(receipt).toMatchObject({ status: 202 });
      expect(receipt.json()).toEqual({ accepted: 1, rejected: [] });
      const after = await search(demo, BODY, visitor);
      expect(after.header('x-personalization')).toMatch(/; profile=session; boosts=[1-9]/);
      expect(ids(after)).not.toEqual(off);
      expect(ids(after).indexOf(clicked)).toBeLessThan(off.indexOf(clicked));
    }
    for (const other of [{ session: 'another' }, { client: 'clicking' }])
      expectSame(await search(demo, BODY, other), await plain(demo, BODY));
  });

  test('who logs in keeps what they did, in any session or none; another on the same device does not', async () => {
    const off = ids(await plain(demo, BODY));
    const event = click(off.at(-1) ?? '');
    await sendEvents(demo, { ...event, client_id: 'shared-device' });
    const before = await countEvents(demo);
    const identify = (body: object, key = demo.serverKey) =>
      ask(`${demo.proxy}/_kindred/identify`, { body, headers: { 'x-kindred-key': key } });
    const ann = { user_id: 'ann-who-logs-in', client_id: 'shared-device' };
    for (const joined of [1, 0]) {
      const answer = await identify(ann);
      expect([answer.status, answer.json()]).toEqual([202, { ...ann, joined }]);
    }
    expect(await countEvents(demo)).toBe(before + 1);
    for (const visit of [{}, { client: 'shared-device' }, { session: 'after-login' }]) {
      const found = await search(demo, BODY, { user: ann.user_id, ...visit });
      expect(found.header('x-personalization')).toMatch(/; profile=session; boosts=[1-9]/);
    }
    await identify({ ...ann, user_id: 'ben-who-logs-in' });
    for (const visit of [{}, { client: 'shared-device' }]) {
      const found = await search(demo, BODY, { user: 'ben-who-logs-in', ...visit });
      expectSame(found, await plain(demo, BODY));
    }
    expect((await identify(ann, 'srv_wrong')).status).toBe(401);
    expect((await ask(`${demo.proxy}/_kindred/identify`, { body: ann })).status).toBe(401);
    expect((await identify({ user_id: 'ann' })).status).toBe(422);
  });

  test('bad events are refused with the place that is wrong, and none of them is stored', async () => {
    const before = await countEvents(demo);
    const without = { ...click(''), event_attributes: { object: {} } };
    const late = await sendEvents(demo, [without, { ...click('p1'), timestamp: 'yesterday' }]);
    expect(late.status).toBe(202);
    expect(late.json()).toMatchObject({
      accepted: 0,
      rejected: [
        { index: 0, errors: [{ path: 'event_attributes.object.object_id' }] },
        { index: 1, errors: [{ path: 'timestamp' }] },
      ],
    });
    const malformed = await sendEvents(demo, '{"action_name":"click"');
    expect(malformed.status).toBe(400);
    expect(malformed.text).toMatch(/not valid JSON/);
    expect((await sendEvents(demo, click('p1'), { 'x-kindred-key': 'srv_wrong' })).status).toBe(401);
    const keyless = await ask(`${demo.proxy}/_kindred/events`, { body: click('p1') });
    expect(keyless.status).toBe(401);
    expect(await countEvents(demo)).toBe(before);
  });

  test('a resent event is accepted and counts once', async () => {
    const before = await countEvents(demo);
    const event = { ...click('p1'), event_id: 'sent-twice', session_id: 'resending' };
    for (let sent = 0; sent < 2; sent += 1)
      expect((await sendEvents(demo, event)).json()).toEqual({ accepted: 1, rejected: [] });
    expect(await countEvents(demo)).toBe(before + 1);
  });
}

function click(objectId: string) {
  return {
    action_name: 'click',
    timestamp: new Date().toISOString(),
    event_attributes: { object: { object_id: objectId } },
  };
}

async function countEvents(demo: RunningDemo): Promise<number> {
  await ask(`${demo.engine}/ubi_events/_refresh`, { method: 'POST' });
  return (await ask<{ count: number }>(`${demo.engine}/ubi_events/_count`)).json().count;
}
