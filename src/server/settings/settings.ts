// All settings of a process, checked once at its start: from the environment and the YAML file to one frozen object.
import { join, resolve } from 'node:path';
import { unescape as decode } from 'node:querystring';
import type { z } from 'zod';
import { LOOPBACK, type WebhookTarget } from '../../alerts/webhook.js';
import type { AlertName } from '../../core/alert/alert-rules.js';
import type { Catalog } from '../../core/catalog.js';
import { type Finding, KindredError } from '../../core/errors.js';
import { defaultCacheDir } from '../../engine/embedded/cache-dir.js';
import type { Environment } from '../../engine/embedded/environment.js';
import { badSetting, findSetting, readConfigFile } from './setting-sources.js';
import { configFileSchema, environmentSchema, type SettingName } from './settings-schema.js';

export type Credential =
  | { readonly apiKey: string }
  | { readonly username: string; readonly password: string };

export interface EngineSettings {
  /** the cluster, without credentials and trailing slash; null means an embedded engine */
  readonly url: string | null;
  readonly credential: Credential | null;
}

export interface AlertSettings {
  /** that are not looked for */
  readonly off: readonly AlertName[];
  readonly webhook: WebhookTarget | null;
}

export interface Settings {
  readonly engine: EngineSettings;
  /** what searches use: their own credential, else the engine's */
  readonly searchCredential: Credential | null;
  readonly redisUrl: string | null;
  readonly serverKeys: readonly string[];
  readonly adminKeys: readonly string[];
  readonly editorKeys: readonly string[];
  readonly viewerKeys: readonly string[];
  readonly proxy: { readonly host: string; readonly port: number };
  readonly admin: { readonly host: string; readonly port: number };
  /** the folder of event archives; null for none */
  readonly archiveDir: string | null;
  /** how long a search waits for its profiles */
  readonly profileDeadline: Values['KINDRED_PROFILE_DEADLINE'];
  readonly alerts: AlertSettings;
  readonly logLevel: z.output<typeof environmentSchema>['LOG_LEVEL'];
  readonly catalogs: readonly Catalog[];
  /** the indices whose documents may be written through the proxy */
  readonly passWrites: readonly string[];
}

type Values = z.output<typeof environmentSchema>;

const ENGINE_NAMES = [
  'ELASTICSEARCH_URL',
  'ELASTICSEARCH_API_KEY',
  'ELASTICSEARCH_USERNAME',
  'ELASTICSEARCH_PASSWORD',
] as const satisfies readonly SettingName[];

/**
 * Reads and checks every setting. Errors: `bad-setting`, naming each variable and what was expected, never a value.
 * @param env the environment, e.g. `process.env`
 */
export function readSettings(env: Environment): Settings {
  const values = readEnvironment(env, environmentSchema.keyof().options);
  const config = readConfig(values.KINDRED_CONFIG);
  const engine = engineOf(values);
  refuseSharedKeys(values);
  return deepFreeze({
    engine,
    searchCredential: credentialOf('KINDRED_SEARCH', values) ?? engine.credential,
    redisUrl: values.REDIS_URL ?? null,
    serverKeys: values.KINDRED_SERVER_KEYS ?? [],
    adminKeys: values.KINDRED_ADMIN_KEYS ?? [],
    editorKeys: values.KINDRED_EDITOR_KEYS ?? [],
    viewerKeys: values.KINDRED_VIEWER_KEYS ?? [],
    proxy: { host: values.KINDRED_PROXY_HOST, port: values.KINDRED_PROXY_PORT },
    admin: { host: values.KINDRED_ADMIN_HOST, port: values.KINDRED_ADMIN_PORT },
    archiveDir: archiveDirOf(values.KINDRED_ARCHIVE_DIR, engine, env),
    profileDeadline: values.KINDRED_PROFILE_DEADLINE,
    alerts: { off: config.alerts.off, webhook: webhookOf(values) },
    logLevel: values.LOG_LEVEL,
    catalogs: config.catalogs,
    passWrites: config.passWrites,
  });
}

/** Only what a command needs that speaks to the cluster and serves nothing. Errors: `bad-setting`. */
export function engineSettings(env: Environment): EngineSettings {
  return deepFreeze(engineOf(readEnvironment(env, ENGINE_NAMES)));
}

function readEnvironment(env: Environment, names: readonly SettingName[]): Values {
  const texts: Partial<Record<SettingName, string>> = {};
  const variables = new Map<PropertyKey, string>();
  for (const name of names) {
    const found = findSetting(env, name);
    if (!found) continue;
    texts[name] = found.text;
    variables.set(name, found.variable);
  }
  const parsed = environmentSchema.safeParse(texts);
  if (parsed.success) return parsed.data;
  throw badSettings(
    parsed.error.issues.map(({ path: [name = ''], message }) => ({
      path: variables.get(name) ?? String(name),
      message,
    })),
  );
}

function readConfig(file: string | undefined): z.output<typeof configFileSchema> {
  const parsed = configFileSchema.safeParse(file === undefined ? {} : readConfigFile(file), {
    error: ({ input }) => (input === undefined ? 'is required' : undefined),
  });
  if (parsed.success) return parsed.data;
  throw badSettings(
    parsed.error.issues.flatMap((issue) => {
      const at = (path: readonly PropertyKey[]) => ['KINDRED_CONFIG', path.join('.')].join(' ').trimEnd();
      if (issue.code !== 'unrecognized_keys') return [{ path: at(issue.path), message: issue.message }];
      return issue.keys.map((key) => ({
        path: at([...issue.path, key]),
        message: 'is not a setting that this version knows; remove it',
      }));
    }),
  );
}

function badSettings(errors: readonly Finding[]): KindredError {
  const message = errors.map((error) => `${error.path} ${error.message}`).join('; ');
  return new KindredError('bad-setting', message, { errors });
}

/** A key has one role. */
function refuseSharedKeys(values: Values): void {
  const lists = ['KINDRED_ADMIN_KEYS', 'KINDRED_EDITOR_KEYS', 'KINDRED_VIEWER_KEYS'] as const;
  for (const [position, name] of lists.entries())
    for (const earlier of lists.slice(0, position))
      if (values[name]?.some((key) => values[earlier]?.includes(key)))
        throw badSetting(name, `must not have a key that ${earlier} has too`);
}

function engineOf(values: Values): EngineSettings {
  const credential = credentialOf('ELASTICSEARCH', values);
  if (values.ELASTICSEARCH_URL === undefined) return { url: null, credential };
  const { origin, pathname, username, password } = new URL(values.ELASTICSEARCH_URL);
  const within = username ? { username: decode(username), password: decode(password) } : null;
  return { url: origin + pathname.replace(/\/+$/, ''), credential: credential ?? within };
}

function webhookOf(values: Values): WebhookTarget | null {
  const { KINDRED_ALERT_WEBHOOK_URL: url, KINDRED_ALERT_WEBHOOK_SECRET: secret = null } = values;
  if (url === undefined) return null;
  const { protocol, hostname } = new URL(url);
  if (values.KINDRED_ALERT_WEBHOOK_HTTP === 'no' && (protocol === 'http:' || LOOPBACK.test(hostname)))
    throw badSetting(
      'KINDRED_ALERT_WEBHOOK_URL',
      'must begin with https:// and be on another machine, or set KINDRED_ALERT_WEBHOOK_HTTP=yes',
    );
  return { url, secret };
}

/** An embedded engine is gone with its process, and so are its events. */
function archiveDirOf(setting: string | undefined, engine: EngineSettings, env: Environment): string | null {
  if (setting === 'off' || engine.url === null) return null;
  return resolve(setting ?? join(defaultCacheDir(env), 'archive'));
}

function credentialOf(prefix: 'ELASTICSEARCH' | 'KINDRED_SEARCH', values: Values): Credential | null {
  const apiKey = values[`${prefix}_API_KEY`];
  const username = values[`${prefix}_USERNAME`];
  const password = values[`${prefix}_PASSWORD`];
  if (apiKey !== undefined) {
    if (username === undefined && password === undefined) return { apiKey };
    throw badSetting(`${prefix}_API_KEY`, `must not be set beside ${prefix}_USERNAME or ${prefix}_PASSWORD`);
  }
  if (username !== undefined && password !== undefined) return { username, password };
  if (username !== undefined) throw badSetting(`${prefix}_PASSWORD`, `is required beside ${prefix}_USERNAME`);
  if (password !== undefined) throw badSetting(`${prefix}_USERNAME`, `is required beside ${prefix}_PASSWORD`);
  return null;
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
