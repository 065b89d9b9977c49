// One event: what is refused and why, whose it is, what is stored, and when two are the same.
import { describe, expect, test } from '@jest/globals';
import { readSentEvents } from '../../src/events/shapes/read-sent-events.js';
import { type EventSender, type ValidEvent, validateEvent } from '../../src/events/validate-event.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const TRUSTED: EventSender = { trusted: true, identity: {} };

function event(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    action_name: 'click',
    timestamp: '2026-03-01T11:59:00Z',
    session_id: 's1',
    event_attributes: { object: { object_id: 'p1' } },
    ...changes,
  };
}

/** As GA4 calls it, and without a product. */
function search(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return event({
    action_name: 'view_search_results',
    user_query: 'nike red',
    event_attributes: undefined,
    ...changes,
  });
}

function validated(item: unknown, context = TRUSTED) {
  const [sent] = readSentEvents({ items: [item], payload: {} });
  if (!sent || 'errors' in sent) return { errors: sent?.errors ?? [] };
  return validateEvent(sent.lines[0]!, context, NOW);
}

function valid(item: unknown, context = TRUSTED): ValidEvent {
  const event = validated(item, context);
  if ('errors' in event) throw new Error(JSON.stringify(event.errors));
  return event;
}

describe('what is refused', () => {
  const deep: Record<string, unknown> = {};
  let inner = deep;
  for (let level = 0; level < 5_000; level++) {
    inner.a = {};
    inner = inner.a as Record<string, unknown>;
  }
  test.each([
    ['no action', event({ action_name: undefined }), 'action_name', 'is required'],
    ['an empty action', event({ action_name: '' }), 'action_name', 'must not be empty'],
    ['no timestamp', event({ timestamp: undefined }), 'timestamp', 'is required'],
    ['no time', event({ timestamp: '12' }), 'timestamp', 'must be an ISO 8601 date-time'],
    ['a day that is none', event({ timestamp: '2026-02-31T11:59:00Z' }), 'timestamp', 'ISO 8601'],
    ['the future', event({ timestamp: '2026-03-01T12:05:01Z' }), 'timestamp', 'in the future'],
    [
      'no attributes',
      event({ event_attributes: undefined }),
      'event_attributes.object.object_id',
      'is required',
    ],
    ['no object', event({ event_attributes: {} }), 'event_attributes.object.object_id', 'is required'],
    [
      'no object_id',
      event({ event_attributes: { object: {} } }),
      'event_attributes.object.object_id',
      'is required',
    ],
    [
      'no product but a query, of a click',
      event({ event_attributes: undefined, user_query: 'nike' }),
      'event_attributes.object.object_id',
      'is required of a click',
    ],
    ['a search for nothing', search({ user_query: undefined }), 'user_query', 'is required of a search'],
    ['a search for blanks', search({ user_query: ' ' }), 'user_query', 'is required of a search'],
    ['a search for a number', search({ user_query: 3 }), 'user_query', 'expected string'],
    ['NUL', event({ user_query: 'a\0b' }), 'user_query', 'NUL'],
    ['half a pair', event({ event_attributes: { note: '\ud83d' } }), 'event_attributes.note', 'surrogate'],
    [
      'infinity',
      event({ event_attributes: { price: JSON.parse('1e400') } }),
      'event_attributes.price',
      'finite',
    ],
    ['a bad key', JSON.parse('{"a":{"__proto__":{"admin":true}}}'), 'a', 'has a key'],
    ['great depth', event(deep), 'a.a.a.a', 'nested deeper'],
    ['a long id', event({ event_id: '€'.repeat(200) }), 'event_id', '512 bytes'],
    ['a number', 3, '', 'expected object'],
    ['null', null, '', 'expected object'],
    [
      'no product of a refund',
      event({ action_name: 'Order Refunded', event_attributes: {} }),
      'object_id',
      'of a refund',
    ],
  ])('%s', (_name, item, path, message) => {
    const result = validated(item);
    if (!('errors' in result)) throw new Error('it was accepted');
    expect(result.errors[0]?.path).toMatch(path);
    expect(result.errors[0]?.message).toContain(message);
    expect(result.errors.map((error) => error.message).join()).not.toContain('\n');
  });

  test('a clock a little ahead and an old import are accepted', () => {
    expect(valid(event({ timestamp: '2026-03-01T12:04:59Z' })).timestamp).toBe(NOW + 299_000);
    expect(valid(event({ timestamp: '2009-01-01T00:00:00Z' })).timestamp).toBe(Date.UTC(2009, 0, 1));
  });
});

describe('whose event it is', () => {
  const identity = { userId: 'header-user', sessionId: 'header-session' };
  test('trusted: the event says, headers fill in', () => {
    const { identity: subject, document } = valid(event({ user_id: 'u1' }), {
      trusted: true,
      identity: { ...identity, clientId: 'c' },
    });
    expect(subject).toEqual({ userId: 'u1', clientId: 'c', sessionId: 's1' });
    expect(document).toMatchObject({ user_id: 'u1', client_id: 'c', session_id: 's1' });
  });
  test('public: only the verified identity counts', () => {
    const { identity: subject, document } = valid(event({ user_id: 'victim', client_id: 'c9' }), {
      trusted: false,
      identity,
    });
    expect(subject).toEqual(identity);
    expect(JSON.parse(JSON.stringify(document))).toMatchObject({
      user_id: 'header-user',
      session_id: 'header-session',
    });
    expect(JSON.stringify(document)).not.toMatch(/victim|c9|s1/);
  });
});

describe('what is stored', () => {
  test('declared keys, UTC, integers for ordinals, text for ids, the rest under extra', () => {
    const item = event({
      timestamp: '2026-03-01T12:59:00.5+01:00',
      page: '/home',
      event_attributes: {
        object: { object_id: 42, name: 'Oats' },
        position: { ordinal: { index: 3 } },
        price: 2.5,
        extra: 'own',
      },
    });
    expect(JSON.parse(JSON.stringify(valid(item).document))).toEqual({
      action_name: 'click',
      timestamp: '2026-03-01T11:59:00.500Z',
      session_id: 's1',
      event_attributes: {
        object: { object_id: '42', name: 'Oats' },
        position: { ordinal: 3 },
        price: 2.5,
        extra: { page: '/home', extra: 'own' },
      },
    });
  });
});

describe('a search', () => {
  test('needs no product, and is stored as it was sent', () => {
    const { objectId, query, document } = valid(search());
    expect([objectId, query]).toEqual([undefined, 'nike red']);
    expect(JSON.parse(JSON.stringify(document))).toEqual({
      action_name: 'view_search_results',
      timestamp: '2026-03-01T11:59:00.000Z',
      session_id: 's1',
      user_query: 'nike red',
      event_attributes: {},
    });
    expect(valid(search({ event_attributes: { position: { ordinal: 1 } } })).objectId).toBeUndefined();
  });
  test('for another text is another event', () => {
    expect(valid(search()).id).not.toBe(valid(search({ user_query: 'nike' })).id);
    expect(valid(search()).id).toBe(valid(search({ message: 'again' })).id);
  });
});

describe('when two events are the same', () => {
  const id = (changes: Record<string, unknown>, context = TRUSTED) => valid(event(changes), context).id;
  test('the sender decides by event_id; without one, the content does', () => {
    expect(id({ event_id: 'e1' })).toBe('e1');
    expect(id({})).toBe(id({ timestamp: '2026-03-01T12:59:00+01:00', user_query: 'ignored' }));
  });
  test.each([
    ['action', { action_name: 'view' }],
    ['time', { timestamp: '2026-03-01T11:59:00.001Z' }],
    ['session', { session_id: 's2' }],
    ['user', { user_id: 'u' }],
    ['client', { client_id: 'u' }],
    ['object', { event_attributes: { object: { object_id: 'p2' } } }],
    ['transaction', { event_attributes: { object: { object_id: 'p1' }, transaction_id: 7 } }],
  ])('another %s is another event, in public requests too', (_name, changes) => {
    expect(id(changes)).not.toBe(id({}));
    const stranger: EventSender = { trusted: false, identity: {} };
    expect(id(changes, stranger)).not.toBe(id({}, stranger));
  });
});
