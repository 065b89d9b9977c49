// Settings: defaults, aliases, secrets in files, the YAML file, and errors that name the variable but no value.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { KindredError } from '../../../src/core/errors.js';
import { engineSettings, readSettings } from '../../../src/server/settings/settings.js';
import { ALIASES, environmentSchema, SECRETS } from '../../../src/server/settings/settings-schema.js';

const folder = mkdtempSync(join(tmpdir(), 'kindred-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function failure(env: Record<string, string>): KindredError {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof KindredError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('readSettings', () => {
  test('an empty environment gives the documented defaults, frozen', () => {
    const settings = readSettings({});
    expect(settings).toEqual({
      engine: { url: null, credential: null },
      searchCredential: null,
      redisUrl: null,
      serverKeys: [],
      adminKeys: [],
      editorKeys: [],
      viewerKeys: [],
      proxy: { host: '0.0.0.0', port: 9280 },
      admin: { host: '127.0.0.1', port: 9281 },
      archiveDir: null,
      profileDeadline: { share: 1 },
      alerts: { off: [], webhook: null },
      logLevel: 'info',
      catalogs: [
        {
          name: 'products',
          index: 'products',
          indices: ['products'],
          idField: 'object_id',
          titleField: 'title',
          categoryField: 'category',
        },
      ],
      passWrites: [],
    });
    expect(Object.isFrozen(settings.catalogs[0])).toBe(true);
  });

  test.each([
    [{ ES_URL: 'http://a:1/', OPENSEARCH_URL: 'http://b:2' }, 'http://a:1'],
    [{ ELASTICSEARCH_URL: 'https://a', ES_URL: 'http://b' }, 'https://a'],
    [{ ELASTICSEARCH_HOSTS: '["http://a:9200"]' }, 'http://a:9200'],
    [{ ELASTICSEARCH_URL: ' ', OPENSEARCH_URL: 'http://b:2' }, 'http://b:2'],
  ])('finds the cluster in %j', (env, url) => {
    expect(readSettings(env).engine.url).toBe(url);
    expect(engineSettings(env)).toEqual({ url, credential: null });
  });

  test.each([
    [{ HOME: '/home/me' }, '/home/me/.cache/kindred/archive'],
    [{ HOME: '/home/me', XDG_CACHE_HOME: '/cache' }, '/cache/kindred/archive'],
    [{ KINDRED_ARCHIVE_DIR: '/var/lib/archive' }, '/var/lib/archive'],
    [{ KINDRED_ARCHIVE_DIR: 'archive' }, resolve('archive')],
    [{ KINDRED_ARCHIVE_DIR: 'off' }, null],
  ])('with %j events are archived in %s', (env, archiveDir) => {
    expect(readSettings({ ES_URL: 'http://a:1', ...env }).archiveDir).toBe(archiveDir);
    // What an embedded engine has is gone with it.
    expect(readSettings(env).archiveDir).toBeNull();
  });

  test.each([
    ['50%', { share: 0.5 }],
    ['250%', { share: 2.5 }],
    ['40ms', { ms: 40 }],
    ['5000ms', { ms: 5_000 }],
  ])('the deadline of profiles may be %s', (text, profileDeadline) => {
    expect(readSettings({ KINDRED_PROFILE_DEADLINE: text })).toMatchObject({ profileDeadline });
  });

  test.each(['0%', '0ms', '501%', '5001ms', '40', '-5ms', '1.5%', '20 ms', '20s'])(
    'but not %s',
    (KINDRED_PROFILE_DEADLINE) => {
      expect(failure({ KINDRED_PROFILE_DEADLINE })).toMatchObject({
        code: 'bad-setting',
        errors: [{ path: 'KINDRED_PROFILE_DEADLINE', message: expect.stringContaining('such as 40ms') }],
      });
    },
  );

  test('keys are split and trimmed; searches fall back to the credential of the engine', () => {
    const settings = readSettings({
      KINDRED_SERVER_KEYS: ' srv_demo , another-key',
      ELASTICSEARCH_USERNAME: 'elastic',
      ELASTICSEARCH_PASSWORD: 'pass word',
    });
    expect(settings.serverKeys).toEqual(['srv_demo', 'another-key']);
    expect(settings.searchCredential).toEqual({ username: 'elastic', password: 'pass word' });
    const own = readSettings({ ELASTICSEARCH_API_KEY: 'wide', KINDRED_SEARCH_API_KEY: 'narrow' });
    expect(own.searchCredential).toEqual({ apiKey: 'narrow' });
  });

  test('a URL may carry a path and credentials; credentials of their own win', () => {
    const url = 'https://user:p%40ss@search.example/prefix/';
    expect(engineSettings({ ELASTICSEARCH_URL: url })).toEqual({
      url: 'https://search.example/prefix',
      credential: { username: 'user', password: 'p@ss' },
    });
    expect(engineSettings({ ELASTICSEARCH_URL: url, ELASTICSEARCH_API_KEY: 'key' }).credential).toEqual({
      apiKey: 'key',
    });
  });

  test('secrets come from files too, one key a line', () => {
    const settings = readSettings({
      KINDRED_ADMIN_KEYS_FILE: file('keys', 'adm_demo\nsecond-key\n'),
      ELASTICSEARCH_API_KEY_FILE: file('api-key', 'abc==\n'),
    });
    expect(settings.adminKeys).toEqual(['adm_demo', 'second-key']);
    expect(settings.engine.credential).toEqual({ apiKey: 'abc==' });
  });

  test('catalogs come from the YAML file', () => {
    const settings = readSettings({
      KINDRED_CONFIG: file('good.yaml', 'catalogs:\n  - index: shoes\n    titleField: name\n'),
    });
    expect(settings.catalogs).toEqual([
      {
        name: 'shoes',
        index: 'shoes',
        indices: ['shoes'],
        idField: 'object_id',
        titleField: 'name',
        categoryField: 'category',
      },
    ]);
  });
});

describe('the webhook of alerts', () => {
  const KINDRED_ALERT_WEBHOOK_SECRET = 'hidden-one-of-16';
  const hook = (KINDRED_ALERT_WEBHOOK_URL: string, rest: Record<string, string> = {}) => ({
    KINDRED_ALERT_WEBHOOK_URL,
    ...rest,
  });

  test('is an https address on another machine, with or without a secret', () => {
    const url = 'https://hooks.example/T0/B1?token=a';
    expect(readSettings(hook(url)).alerts.webhook).toEqual({ url, secret: null });
    expect(readSettings(hook(url, { KINDRED_ALERT_WEBHOOK_SECRET })).alerts.webhook).toEqual({
      url,
      secret: KINDRED_ALERT_WEBHOOK_SECRET,
    });
    const KINDRED_ALERT_WEBHOOK_URL_FILE = file('hook', `${url}\n`);
    expect(readSettings({ KINDRED_ALERT_WEBHOOK_URL_FILE }).alerts.webhook?.url).toBe(url);
  });

  test.each([
    'http://hooks.example/hidden',
    'http://127.0.0.1:9000/hidden',
    'https://localhost/hidden',
    'https://LOCALHOST./hidden',
    'https://127.1/hidden',
    'https://2130706433/hidden',
    'https://[::1]/hidden',
    'https://[::ffff:127.0.0.1]/hidden',
    'https://0.0.0.0/hidden',
  ])('%s needs a setting of its own', (url) => {
    const { message } = failure(hook(url));
    expect(message).toMatch(/^KINDRED_ALERT_WEBHOOK_URL must begin with https/);
    expect(message).not.toContain('hidden');
    expect(readSettings(hook(url, { KINDRED_ALERT_WEBHOOK_HTTP: 'yes' })).alerts.webhook?.url).toBe(url);
  });

  test.each([
    'hooks.example/hidden',
    'ftp://hooks.example/hidden',
    'https://',
    'https://user:hidden@hooks.example/',
    'https://hooks.example/#hidden',
    'https://hooks.example/hidden one',
    'file:///etc/hidden',
  ])('%s is none', (url) => {
    const { message } = failure(hook(url, { KINDRED_ALERT_WEBHOOK_HTTP: 'yes' }));
    expect(message).toMatch(/^KINDRED_ALERT_WEBHOOK_URL must be one https URL/);
    expect(message).not.toContain('hidden');
  });

  test('a short secret and an unknown alert are refused', () => {
    expect(failure({ KINDRED_ALERT_WEBHOOK_SECRET: 'hidden' }).message).toMatch(/must have at least 16/);
    expect(failure({ KINDRED_ALERT_WEBHOOK_HTTP: 'true' }).message).toMatch(/must be yes or no/);
    const off = (names: string) => ({ KINDRED_CONFIG: file('alerts.yaml', `alerts: { off: [${names}] }\n`) });
    expect(failure(off('loud')).message).toContain('KINDRED_CONFIG alerts.off.0');
    expect(readSettings(off('events-rejected')).alerts.off).toEqual(['events-rejected']);
  });
});

test('indices whose documents may be written come from the YAML file', () => {
  const text = 'passWrites: [shoes, shoes-de.v2]\n';
  expect(readSettings({ KINDRED_CONFIG: file('writes.yaml', text) }).passWrites).toEqual([
    'shoes',
    'shoes-de.v2',
  ]);
});

describe('bad settings', () => {
  test.each([
    [{ KINDRED_PROXY_PORT: '65536' }, 'KINDRED_PROXY_PORT must be a port'],
    [{ KINDRED_ADMIN_PORT: 'tcp://10.0.0.1:9281' }, 'KINDRED_ADMIN_PORT must be a port'],
    [{ KINDRED_PROXY_HOST: 'a b' }, 'KINDRED_PROXY_HOST must be a host name'],
    [{ ES_URL: 'localhost:9200' }, 'ES_URL must be one http(s) URL'],
    [{ ELASTICSEARCH_URL: 'ftp://u:hidden-one@a' }, 'ELASTICSEARCH_URL must be one http(s) URL'],
    [{ ELASTICSEARCH_URL: 'http://a?x=1' }, 'ELASTICSEARCH_URL must be one http(s) URL'],
    [{ OPENSEARCH_URL: 'http://' }, 'OPENSEARCH_URL must be one http(s) URL'],
    [{ ELASTICSEARCH_HOSTS: '["http://a","http://b"]' }, 'ELASTICSEARCH_HOSTS must be one'],
    [{ ELASTICSEARCH_USERNAME: 'u' }, 'ELASTICSEARCH_PASSWORD is required beside'],
    [{ KINDRED_SEARCH_PASSWORD: 'hidden-one' }, 'KINDRED_SEARCH_USERNAME is required beside'],
    [{ ELASTICSEARCH_API_KEY: 'hidden-one', ELASTICSEARCH_USERNAME: 'u' }, 'must not be set beside'],
    [{ KINDRED_SERVER_KEYS: 'hidden-one,,' }, 'KINDRED_SERVER_KEYS must be keys'],
    [{ KINDRED_ADMIN_KEYS: 'hidden!' }, 'each of at least 8'],
    [{ REDIS_URL: 'http://hidden-one' }, 'REDIS_URL must be a redis://'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal'],
    [
      { KINDRED_ADMIN_KEYS_FILE: '/nowhere/keys' },
      'KINDRED_ADMIN_KEYS_FILE names a file that cannot be read',
    ],
    [{ KINDRED_CONFIG: '/nowhere/config' }, 'KINDRED_CONFIG names a file that cannot be read'],
  ])('%j is refused by name', (env, message) => {
    const error = failure(env);
    expect(error.code).toBe('bad-setting');
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('hidden');
    expect(error.message).not.toContain('\n');
  });

  test('a key has one role', () => {
    const keys = 'hidden-one,hidden-two';
    for (const [name, other] of [
      ['KINDRED_EDITOR_KEYS', 'KINDRED_ADMIN_KEYS'],
      ['KINDRED_VIEWER_KEYS', 'KINDRED_ADMIN_KEYS'],
      ['KINDRED_VIEWER_KEYS', 'KINDRED_EDITOR_KEYS'],
    ] as const) {
      const { message } = failure({ [other]: 'another-key,hidden-two', [name]: keys });
      expect(message).toBe(`${name} must not have a key that ${other} has too`);
    }
  });

  test('a secret set twice is refused', () => {
    const error = failure({ REDIS_URL: 'redis://a', REDIS_URL_FILE: file('redis', 'redis://b') });
    expect(error.message).toBe('REDIS_URL_FILE must not be set beside REDIS_URL; set one of them');
  });

  test('all wrong variables are named at once', () => {
    const error = failure({ KINDRED_PROXY_PORT: '-1', LOG_LEVEL: 'loud' });
    expect(error.errors.map(({ path }) => path)).toEqual(['KINDRED_PROXY_PORT', 'LOG_LEVEL']);
  });

  test.each([
    [
      'catalogs: [{ index: Products }]',
      'KINDRED_CONFIG catalogs.0.index must be an index, an alias, or a pattern',
    ],
    ['catalogs: [{ titleField: t }]', 'KINDRED_CONFIG catalogs.0.index is required'],
    ['catalogs: [{ index: a, idFeild: b }]', 'KINDRED_CONFIG catalogs.0.idFeild is not a setting'],
    ['catalogs: []', 'must name at least one catalog'],
    ['catalogs: [{ index: a }, { index: a }]', 'must each have a name of its own'],
    ['catalogs: [{ index: [a, b] }, { name: c, index: b }]', 'must name each index once'],
    ['catalogs: [{ index: [] }]', 'catalogs.0.index must name an index'],
    ['catalog: []', 'KINDRED_CONFIG catalog is not a setting'],
    ['passWrites: [Products]', 'KINDRED_CONFIG passWrites.0 must be a plain index name'],
    ['passWrites: ["products*"]', 'passWrites.0 must be a plain index name'],
    ['passWrites: [a, kindred-models]', 'passWrites.1 must not be one of Kindred'],
    ['passWrites: [ubi_events]', 'passWrites.0 must not be one of Kindred'],
    ['passWrites: products', 'KINDRED_CONFIG passWrites'],
    ['identity: { jwks: x }', 'KINDRED_CONFIG identity.jwks is not a setting'],
    ['- a list', 'KINDRED_CONFIG'],
    ['a: [1', 'KINDRED_CONFIG is not valid YAML'],
  ])('YAML %j is refused by path', (text, message) => {
    const error = failure({ KINDRED_CONFIG: file('bad.yaml', text) });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('\n');
  });
});

test('docs/settings.md is the table of the schema', () => {
  const rows = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const setting = SECRETS.find((secret) => secret === name);
    const names = [
      name,
      ...(ALIASES[name as keyof typeof ALIASES] ?? []),
      ...(setting ? [`${name}_FILE`] : []),
    ];
    const standard = 'defaultValue' in schema.def ? schema.def.defaultValue : '';
    return `| ${names.map((each) => `\`${each}\``).join(', ')} | ${schema.description} | ${standard} |`;
  });
  const page = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');
  expect(page.split('\n').filter((line) => /^\| `[A-Z_]+`/.test(line))).toEqual(rows);
});
