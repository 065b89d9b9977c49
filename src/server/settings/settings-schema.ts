// Every setting: its name in the environment, what it must look like, its default and what it is for.
import { z } from 'zod';
import { ALERT_NAMES } from '../../core/alert/alert-rules.js';
import { catalogSchema, indexNameSchema } from '../../core/catalog.js';
import type { DeadlineSetting } from '../../search/visitor/profile-deadline.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const MIN_KEY_LENGTH = 8;
const MIN_SECRET_LENGTH = 16;

const port = z
  .string()
  .refine(
    (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535,
    'must be a port: a whole number from 0 to 65535 (0 takes a free one)',
  )
  .transform(Number);

const host = z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an IP address');

/** Kibana's image writes its hosts as a JSON array; one of them is enough here. */
const engineUrl = z
  .string()
  .transform((text) => text.replace(/^\["([^"]*)"\]$/, '$1'))
  .refine(
    isHttpUrl,
    'must be one http(s) URL such as https://search.example:9200, without query or fragment',
  );

const keys = z
  .string()
  .transform((text) => text.split(/[,\n]/).map((key) => key.trim()))
  .refine(
    (list) => list.every((key) => key.length >= MIN_KEY_LENGTH && /^[\x21-\x7e]+$/.test(key)),
    `must be keys separated by commas, each of at least ${MIN_KEY_LENGTH} visible ASCII characters`,
  );

const redisUrl = z
  .string()
  .refine(
    (text) => /^rediss?:\/\/[^/\s]/.test(text) && URL.canParse(text),
    'must be a redis:// or rediss:// URL',
  );

/** The answer to a bad one never repeats it: it may hold a secret. */
const webhookUrl = z.string().refine((text) => {
  if (!isHttpUrl(text.replace(/\?[^#]*$/, ''))) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}, 'must be one https URL such as https://hooks.example/kindred, without user name and fragment');

const MAX_SHARE = 500;
const MAX_FIXED_MS = 5_000;

const profileDeadline = z
  .string()
  .transform((text) => /^(\d{1,4})(%|ms)$/.exec(text))
  .refine(
    (match) =>
      match !== null &&
      Number(match[1]) > 0 &&
      Number(match[1]) <= (match[2] === '%' ? MAX_SHARE : MAX_FIXED_MS),
    `must be a share such as 100% (up to ${MAX_SHARE}%), or milliseconds such as 40ms (up to ${MAX_FIXED_MS}ms)`,
  )
  .transform((match): DeadlineSetting => {
    const [, amount, unit] = match ?? [];
    return unit === '%' ? { share: Number(amount) / 100 } : { ms: Number(amount) };
  });

/** The environment. A description is what the table of settings says. */
export const environmentSchema = z.object({
  ELASTICSEARCH_URL: engineUrl.optional().describe('the cluster; without it an embedded engine is started'),
  ELASTICSEARCH_API_KEY: z.string().optional().describe("the cluster's API key for everything but searches"),
  ELASTICSEARCH_USERNAME: z.string().optional().describe('instead of an API key: user name'),
  ELASTICSEARCH_PASSWORD: z.string().optional().describe('instead of an API key: password'),
  KINDRED_SEARCH_API_KEY: z
    .string()
    .optional()
    .describe('least-privilege API key for searches; without it searches use the credential above'),
  KINDRED_SEARCH_USERNAME: z.string().optional().describe('instead of an API key: user name for searches'),
  KINDRED_SEARCH_PASSWORD: z.string().optional().describe('instead of an API key: password for searches'),
  REDIS_URL: redisUrl
    .optional()
    .describe(
      'where several Kindreds share sessions, `redis://user:password@host:6379/0` or `rediss://`: see [operations](operations.md); without it they are in memory',
    ),
  KINDRED_SERVER_KEYS: keys.optional().describe('keys of trusted callers, comma-separated'),
  KINDRED_ADMIN_KEYS: keys
    .optional()
    .describe('keys of the admin API and console that may do everything there, comma-separated'),
  KINDRED_EDITOR_KEYS: keys
    .optional()
    .describe('keys that may do everything there but export and erase users, comma-separated'),
  KINDRED_VIEWER_KEYS: keys.optional().describe('keys that may look and preview there, comma-separated'),
  KINDRED_PROXY_HOST: host.default('0.0.0.0').describe('where the proxy listens'),
  KINDRED_PROXY_PORT: port.prefault('9280').describe('port of the proxy'),
  KINDRED_ADMIN_HOST: host.default('127.0.0.1').describe('where the admin API and console listen'),
  KINDRED_ADMIN_PORT: port.prefault('9281').describe('port of the admin API and console'),
  KINDRED_CONFIG: z.string().optional().describe('a YAML file: see below'),
  KINDRED_ARCHIVE_DIR: z
    .string()
    .optional()
    .describe(
      'where trainings keep the events they have read, so that the next reads only new ones: see [the event archive](event-archive.md); without it the cache folder, and with `off` nowhere',
    ),
  KINDRED_PROFILE_DEADLINE: profileDeadline
    .prefault('100%')
    .describe(
      'how long a search waits for its profiles: a share of what the engine takes for searches at the moment (three of four of the latest 31 are quicker; at least 40 ms, at most 200 ms), or fixed, as `40ms`: see [operations](operations.md#profiles-in-time)',
    ),
  KINDRED_ALERT_WEBHOOK_URL: webhookUrl
    .optional()
    .describe(
      'where alerts are sent by POST, `https://…`: see [alerts](alerts.md#the-webhook); without it they are shown in the console alone',
    ),
  KINDRED_ALERT_WEBHOOK_SECRET: z
    .string()
    .min(MIN_SECRET_LENGTH, `must have at least ${MIN_SECRET_LENGTH} characters`)
    .optional()
    .describe('signs what the webhook is sent'),
  KINDRED_ALERT_WEBHOOK_HTTP: z
    .enum(['yes', 'no'], 'must be yes or no')
    .default('no')
    .describe('`yes` allows a webhook by `http://`, or on this machine'),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
    .default('info')
    .describe('how much is logged'),
});

export type SettingName = keyof typeof environmentSchema.shape;

/** Other names in use for a setting; the first one set wins, in this order after the setting's own. */
export const ALIASES: Partial<Record<SettingName, readonly string[]>> = {
  ELASTICSEARCH_URL: ['ELASTICSEARCH_HOSTS', 'ES_URL', 'OPENSEARCH_URL'],
};

/** Settings that can also be read from the file named by `<NAME>_FILE`. */
export const SECRETS: readonly SettingName[] = [
  'ELASTICSEARCH_API_KEY',
  'ELASTICSEARCH_PASSWORD',
  'KINDRED_SEARCH_API_KEY',
  'KINDRED_SEARCH_PASSWORD',
  'REDIS_URL',
  'KINDRED_SERVER_KEYS',
  'KINDRED_ADMIN_KEYS',
  'KINDRED_EDITOR_KEYS',
  'KINDRED_VIEWER_KEYS',
  'KINDRED_ALERT_WEBHOOK_URL',
  'KINDRED_ALERT_WEBHOOK_SECRET',
];

const emptySection = z.strictObject({}).default({});

/** The YAML file. Sections that this version has no settings for must be empty, so that nothing is ignored. */
export const configFileSchema = z.strictObject({
  catalogs: z
    .array(catalogSchema)
    .min(1, 'must name at least one catalog')
    .refine(
      (catalogs) => new Set(catalogs.map(({ name }) => name)).size === catalogs.length,
      'must each have a name of its own (by default that of the first index)',
    )
    .refine((catalogs) => {
      const indices = catalogs.flatMap((catalog) => catalog.indices);
      return new Set(indices).size === indices.length;
    }, 'must name each index once')
    .prefault([{ index: 'products' }])
    .describe(
      'the catalogs: `index` (an index, an alias, a pattern such as `shop_de_*`, or a list of these: locales of one shop share models and profiles), `name`, `idField`, `titleField`, `categoryField`, `imageField`, `fields`',
    ),
  passWrites: z
    .array(
      indexNameSchema.refine(
        (index) => !/^(kindred-|ubi_(events|queries)$)/.test(index),
        "must not be one of Kindred's own indices: events have their own door",
      ),
    )
    .default([])
    .describe(
      'indices whose documents trusted callers may write through the proxy, by name: see [the proxy](proxy.md#writes)',
    ),
  alerts: z
    .strictObject({ off: z.array(z.enum(ALERT_NAMES)).default([]) })
    .prefault({})
    .describe('`off`: names of [alerts](alerts.md) that are not looked for'),
  identity: emptySection.describe('nothing yet'),
  cors: emptySection.describe('nothing yet'),
  limits: emptySection.describe('nothing yet'),
  retention: emptySection.describe('nothing yet'),
});

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^?#\s]+$/i.test(text) && URL.canParse(text);
}
