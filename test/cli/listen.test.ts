// Listeners: what their connections promise to those in front.
import { expect, test } from '@jest/globals';
import { listen } from '../../src/cli/listen.js';

test('an idle connection is kept longer than load balancers keep theirs', async () => {
  const listener = await listen(
    (_request, response) => void response.end('ok'),
    { host: '127.0.0.1', port: 0 },
    'PORT',
  );
  const answer = await fetch(listener.url);
  expect(await answer.text()).toBe('ok');
  expect(answer.headers.get('keep-alive')).toBe('timeout=75');
  await listener.close();
});
