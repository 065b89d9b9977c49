// What the console makes of figures and events as they come in: the last hour in sums, an event in words, lines to copy.
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { curlSnippet, scriptSnippet, testEvent } from '../../src/console/pages/events/event-snippets.js';
import { nameOf, partsOf } from '../../src/console/pages/events/event-words.js';
import { lastHour, millisecondsText, shareText } from '../../src/console/pages/overview/last-hour.js';

describe('the last hour', () => {
  const minute = (searches: number, skipped: Record<string, number>, p50: number | null = null) => ({
    at: '2026-11-26T12:00:00Z',
    searches,
    applied: searches - Object.values(skipped).reduce((sum, each) => sum + each, 0),
    skipped,
    p50,
    p95: p50 && 2 * p50,
  });

  test('in sums, reasons by how often', () => {
    const minutes = [
      minute(10, { 'no-identity': 1, off: 2 }, 0.4),
      minute(0, {}),
      minute(5, { 'no-identity': 4 }, 3),
      minute(0, {}),
    ];
    expect(lastHour(minutes)).toEqual({
      searches: 15,
      applied: 8,
      skipped: [
        { reason: 'no-identity', words: 'nobody is known to be searching', searches: 5 },
        { reason: 'off', words: expect.any(String), searches: 2 },
      ],
      latest: { p50: 3, p95: 6 },
    });
  });

  test('without searches has no share and no latency', () => {
    expect(lastHour([minute(0, {})])).toEqual({ searches: 0, applied: 0, skipped: [], latest: null });
    expect(shareText(0, 0)).toBe('–');
    expect(shareText(2, 3)).toBe('67 %');
    expect([0.123, 3.456].map(millisecondsText)).toEqual(['0.12 ms', '3.5 ms']);
  });
});

describe('an event in words', () => {
  test('says what was done, and who did it to what', () => {
    const event = {
      action_name: 'view',
      user_id: 'u1',
      session_id: 's1',
      user_query: 'red',
      event_attributes: { object: { object_id: 17 } },
    };
    expect(nameOf(event)).toBe('view');
    expect(partsOf(event)).toEqual(['product 17', 'search red', 'user u1', 'session s1']);
  });

  test.each([[null], [7], ['text'], [[]], [{ action_name: { toString: 1 }, event_attributes: null }]])(
    '%j has none',
    (event) => {
      expect(nameOf(event)).toBe('(no readable name)');
      expect(partsOf(event)).toEqual([]);
    },
  );
});

describe('a line to copy', () => {
  const hostile = `it's "$(exit 1)" \`x\` \\ <b>`;

  test('a shell takes as the event it is', () => {
    const body = curlSnippet(testEvent('view', hostile)).split(/ -d /)[1] ?? '';
    const sent = JSON.parse(execFileSync('sh', ['-c', `printf %s ${body}`], { encoding: 'utf8' }));
    expect(sent).toEqual({
      action_name: 'view',
      user_id: 'kindred-test',
      event_attributes: { object: { object_id: hostile } },
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/),
    });
    expect(Math.abs(Date.parse(sent.timestamp) - Date.now())).toBeLessThan(60_000);
  });

  test('a program sends as the event it is', async () => {
    const sent: { url: string; body: string }[] = [];
    const fetch = async (url: string, { body }: { body: string }) => void sent.push({ url, body });
    const run = new Function(
      'fetch',
      'process',
      `return (async () => { ${scriptSnippet(testEvent('view', hostile))} })()`,
    );
    await run(fetch, { env: {} });
    expect(sent[0]?.url).toMatch(/\/_kindred\/events$/);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      event_attributes: { object: { object_id: hostile } },
    });
  });

  test('an event without a product has none', () => {
    expect(testEvent(' view ', ' ')).toEqual({ action_name: 'view', user_id: 'kindred-test' });
  });
});
