// Code to copy that sends an event: a shell and JavaScript send what it shows.
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { curlSnippet, scriptSnippet, testEvent } from '../../src/console/pages/events/event-snippets.js';

describe('a line to copy', () => {
  const PROXY = 'http://shop-host:19280';
  const hostile = `it's "$(exit 1)" \`x\` \\ <b>`;

  test('a shell takes as the event it is', () => {
    const body = curlSnippet(PROXY, testEvent('view', hostile)).split(/ -d /)[1] ?? '';
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
      `return (async () => { ${scriptSnippet(PROXY, testEvent('view', hostile))} })()`,
    );
    await run(fetch, { env: {} });
    expect(sent[0]?.url).toBe(`${PROXY}/_kindred/events`);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      event_attributes: { object: { object_id: hostile } },
    });
  });

  test('an event without a product has none', () => {
    expect(testEvent(' view ', ' ')).toEqual({ action_name: 'view', user_id: 'kindred-test' });
  });
});
