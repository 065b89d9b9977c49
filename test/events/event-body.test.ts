// Event bodies: bounded, UTF-8, JSON.
import { describe, expect, test } from '@jest/globals';
import { MAX_BODY_BYTES, parseEventBody } from '../../src/events/event-body.js';

describe('parseEventBody', () => {
  test('one event is a list of one', () => {
    const items = (body: string) => parseEventBody(Buffer.from(body)).items;
    expect(items('{"a":1}')).toEqual([{ a: 1 }]);
    expect(items('[{"a":1},2]')).toEqual([{ a: 1 }, 2]);
    expect(items('[]')).toEqual([]);
    expect(items('{"events":[1,2],"client_id":"c"}')).toEqual([1, 2]);
    expect(items('{"batch":[1]}')).toEqual([1]);
    expect(items('null')).toEqual([null]);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['half an object', Buffer.from('{"a":')],
    ['NDJSON', Buffer.from('{"a":1}\n{"a":2}\n')],
    ['text that is not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ])('%s is malformed', (_name, body) => {
    expect(() => parseEventBody(body)).toThrow(
      expect.objectContaining({ code: 'malformed-json', status: 400 }),
    );
  });

  test('too many events and too large a body are refused', () => {
    const body = (events: number) => Buffer.from(JSON.stringify(Array(events).fill(0)));
    expect(parseEventBody(body(1_000)).items.length).toBe(1_000);
    expect(() => parseEventBody(body(1_001))).toThrow(
      expect.objectContaining({ code: 'too-many-events', status: 413 }),
    );
    expect(() => parseEventBody(Buffer.alloc(MAX_BODY_BYTES + 1, 0x20))).toThrow(
      expect.objectContaining({ code: 'body-too-large', status: 413 }),
    );
  });
});
