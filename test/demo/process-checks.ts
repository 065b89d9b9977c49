// The other commands, as processes beside a running demo and on its engine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { misled, writePlantedShop } from '../evaluation/quality-gate/planted-shop.js';
import { PATIENCE_MS } from '../helpers/eventually.js';
import { type ModelView, servedBy } from './model-checks.js';
import { type Ended, runCommand, startCommand } from './run-command.js';
import type { RunningDemo } from './run-demo.js';
import { admin, ask, search, storefront } from './shop-client.js';

const KEYS = { KINDRED_SERVER_KEYS: 'srv_process', KINDRED_ADMIN_KEYS: 'adm_process' };

/** Somebody of every simulated shop. */
const PERSON = 'u7';

export function processChecks(demo: RunningDemo): void {
  const onEngine = { ELASTICSEARCH_URL: demo.engine };
  let folder = '';
  let dataset = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kindred-test-'));
    dataset = join(folder, 'shop');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('simulate writes a dataset', async () => {
    const size = ['--users', '300', '--products', '1000', '--events', '4000'];
    const made = await runCommand(['simulate', ...size, '--out', dataset]);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/ 4,000 events/) });
  });

  test('a command whose output nobody reads finishes all the same', async () => {
    const size = ['--users', '5', '--products', '50', '--events', '50'];
    const unread = startCommand(['simulate', ...size, '--out', join(folder, 'unread')]);
    unread.hangUp();
    expect(await unread.ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('EPIPE') });
  });

  test('train --from --activate publishes a new version that the running demo serves', async () => {
    const trained = await runCommand(
      ['train', '--model', 'colour_first', '--from', dataset, '--activate'],
      onEngine,
    );
    expect(trained.stdout).toMatch(/^colour_first@3 is active: [\d,]+ people, [\d,]+ events$/m);
    expect(trained.stdout).toMatch(/^Held-out quality: (better|no worse|not judged): /m);
    expect(trained.stderr).toMatch(/^training colour_first: 100 % /m);
    expect(trained.code).toBe(0);
    await servedBy(demo, 'colour_first@3', PERSON);
  });

  test('train --activate leaves a version that is worse trained, and says so in one line', async () => {
    const planted = await writePlantedShop();
    try {
      const { id: _, ...misleading } = misled('misled');
      await admin(demo, '/models', { body: misleading });
      const run = ['train', '--model', 'misled', '--from', planted, '--activate'];
      const refused = await runCommand(run, onEngine);
      expect(refused.stdout).toMatch(
        /^Held-out quality: worse than without personalization: NDCG@10 of whatever they took /m,
      );
      expectOneLine(refused, /misled@1 is worse, .*not activated.*force=true/);
      const { state } = (await admin<ModelView>(demo, '/models/misled')).json();
      expect(state).toBe('trained');
      await servedBy(demo, 'colour_first@3', PERSON);
    } finally {
      await admin(demo, '/models/misled', { method: 'DELETE', ifMatch: '*' });
      await rm(planted, { recursive: true });
    }
  });

  test('serve: ready, personalizing on the same cluster, and gone at SIGTERM', async () => {
    const serve = startCommand(['serve'], {
      ...onEngine,
      ...KEYS,
      KINDRED_PROXY_HOST: '127.0.0.1',
      KINDRED_PROXY_PORT: '0',
      KINDRED_ADMIN_PORT: '0',
    });
    const [, proxy = '', admin = ''] = await serve
      .printed(/proxy (http:\S+), admin (http:\S+), engine/, PATIENCE_MS)
      .catch(async (error: unknown) => {
        await serve.stop();
        throw error;
      });
    try {
      expect(await ask(`${proxy}/readyz`)).toMatchObject({ status: 200 });
      const answer = await search(
        { ...demo, proxy, serverKey: KEYS.KINDRED_SERVER_KEYS },
        storefront('shirt'),
        {
          user: PERSON,
        },
      );
      expect(answer.header('x-personalization')).toMatch(/^applied; model=colour_first@3;/);
      const headers = { 'x-kindred-key': KEYS.KINDRED_ADMIN_KEYS };
      expect((await ask(`${admin}/api/models`, { headers })).status).toBe(200);
    } finally {
      expect(await serve.stop()).toMatchObject({ code: 0, stderr: '' });
    }
    await expect(fetch(`${proxy}/healthz`)).rejects.toThrow();
  });

  test.each(['PROXY', 'ADMIN'] as const)(
    'serve on a port in use names it and KINDRED_%s_PORT',
    async (name) => {
      const { port } = new URL(name === 'PROXY' ? demo.proxy : demo.admin);
      const free = { KINDRED_PROXY_PORT: '0', KINDRED_ADMIN_PORT: '0', KINDRED_PROXY_HOST: '127.0.0.1' };
      const ended = await runCommand(['serve'], {
        ...onEngine,
        ...KEYS,
        ...free,
        [`KINDRED_${name}_PORT`]: port,
      });
      expectOneLine(ended, new RegExp(`port ${port} .*KINDRED_${name}_PORT`));
    },
  );

  test('a model or a dataset that does not exist', async () => {
    expectOneLine(await runCommand(['train', '--model', 'nope'], onEngine), /no model "nope"/);
    const missing = join(folder, 'missing');
    const load = await runCommand(['load', '--dataset', missing, '--index', 'third'], onEngine);
    expectOneLine(load, /missing.* dataset format/);
    expect((await ask(`${demo.engine}/third`)).status).toBe(404);
    const from = ['train', '--model', 'colour_first', '--from', missing];
    expectOneLine(await runCommand(from, onEngine), /missing.* dataset format/);
    expect(await ask(`${demo.engine}/kindred-profiles-colour_first-4`)).toMatchObject({ status: 404 });
  });

  test('demo --once on an engine that is given prints the tables, exits with 0 and leaves the engine alone', async () => {
    const ports = { KINDRED_PROXY_PORT: '0', KINDRED_ADMIN_PORT: '0' };
    const once = await runCommand(['demo', '--once', '--data', 'simulated'], { ...onEngine, ...ports });
    expect(once.code === 0 ? '' : once.stderr).toBe('');
    expect(
      once.stdout.match(/^".+" for shopper \S+\nX-Personalization: applied; model=default@2;/gm),
    ).toHaveLength(4);
    expect(once.stdout).toMatch(
      /^"shirt" right after the click\nX-Personalization: applied; .*profile=session/m,
    );
    expect(once.stdout).not.toMatch(/^console/m);
    await servedBy(demo, 'default@2');
  });

  // Last: nothing before it is trained on the events of another shop.
  test('load brings a dataset in, and loading it twice changes nothing', async () => {
    const before = await count('ubi_events');
    const load = () => runCommand(['load', '--dataset', dataset, '--index', 'second'], onEngine);
    for (const loaded of [await load(), await load()]) {
      expect(loaded.stdout).toMatch(/^second: 1,000 products, 300 customers, 4,000 events in/);
      expect(loaded.code).toBe(0);
      expect(await count('second')).toBe(1_000);
      expect(await count('ubi_events')).toBe(before + 4_000);
    }
  });

  async function count(index: string): Promise<number> {
    await ask(`${demo.engine}/${index}/_refresh`, { method: 'POST' });
    return (await ask<{ count: number }>(`${demo.engine}/${index}/_count`)).json().count;
  }
}

/** Exit code 1, and behind the progress one line on standard error that says why. */
export function expectOneLine({ code, stderr }: Ended, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^(training \w+: [^\n]+\n|Counted events [^\n]+\n)*kindred: [^\n]+\n$/);
  expect(code).toBe(1);
}
