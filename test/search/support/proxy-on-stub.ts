// A proxy in front of an upstream that records what it gets and answers what a test says.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import request from 'supertest';
import { catalogSchema } from '../../../src/core/catalog.js';
import { modelSchema } from '../../../src/core/model/model.js';
import { individualId, type ProfileDocument, populationId } from '../../../src/core/profile/profile.js';
import { createUpstream } from '../../../src/engine/upstream.js';
import { createProxyApp } from '../../../src/http/proxy/proxy-app.js';
import { createProxyHandler } from '../../../src/http/proxy/proxy-handler.js';
import type { EngineCapabilities } from '../../../src/query/placement/engine-capabilities.js';
import { type SearchOptions, searchHandler } from '../../helpers/search-context.js';

export const KEY = 'srv_test_key';
/** Headers of a trusted request for the one person who has a profile, and likes `brand` bolt. */
export const TRUSTED = { 'content-type': 'application/json', 'x-kindred-key': KEY, 'x-user-id': 'u1' };

const model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [{ event: 'view', weight: 100 }],
});
export const capabilities: EngineCapabilities = {
  kind: 'elasticsearch',
  painless: null,
  rescorerRetriever: true,
  maxWindow: 10_000,
};
export const active = { model, version: 3, profileIndex: 'kindred-profiles-m-3', multiValuedFields: [] };

function profile(kind: ProfileDocument['kind'], key: string, values: [string, number][]): ProfileDocument {
  const total = values.reduce((sum, [, x]) => sum + x, 0);
  const scopes = [{ category: null, fields: [{ field: 'brand', total, values }] }];
  return { kind, key, people: 1, events: 1, scopes };
}
const acme: [string, number] = ['acme', 90];
const profiles = new Map([
  [populationId(null), profile('population', 'all', [acme, ['bolt', 10]])],
  [individualId('u1'), profile('individual', 'u1', [['bolt', 9]])],
]);

/** What the upstream got. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly bytes: Buffer;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}
export interface StubAnswer {
  readonly status?: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

export interface ProxyOnStub {
  readonly seen: Seen[];
  /** why the upstream refused rewritten searches */
  readonly rejections: string[];
  readonly logged: object[];
  /** what the upstream answers; 200 without hits before every test */
  answerWith: (seen: Seen, response: ServerResponse) => StubAnswer | undefined;
  url(): string;
  agent(change?: Partial<SearchOptions>): ReturnType<typeof request>;
  /** the port of a listening proxy, for clients and raw bytes */
  listen(change?: Partial<SearchOptions>): Promise<number>;
}

/** Call it at the top of a test file: it starts and stops what it needs around the tests. */
export function proxyOnStub(): ProxyOnStub {
  const listening: Server[] = [];
  let upstream: SearchOptions['upstream'];
  const stub = createServer(async (incoming, response) => {
    const bytes = await buffer(incoming);
    const { method = '', url = '', headers } = incoming;
    const seen = { method, url, bytes, body: bytes.toString(), headers };
    proxy.seen.push(seen);
    const answer = proxy.answerWith(seen, response);
    if (!answer) return;
    const answerHeaders = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
    response.writeHead(answer.status ?? 200, { ...answerHeaders, ...answer.headers }).end(answer.body);
  });

  function server(change: Partial<SearchOptions> = {}): Server {
    const deps: SearchOptions = {
      upstream,
      engine: 'elasticsearch',
      capabilities: () => capabilities,
      indicesOf: (catalog) => new Set([catalog]),
      catalogs: new Map([['products', catalogSchema.parse({ index: 'products' })]]),
      serving: () => ({ enabled: true, active }),
      modelById: async () => null,
      readProfiles: async (_index, ids) => ids.map((id) => profiles.get(id) ?? null),
      readSession: async () => [],
      deadlineMs: 1_000,
      maxBodyBytes: 10_000,
      now: Date.now,
      onRewriteRejected: (reason) => proxy.rejections.push(reason),
      ...change,
    };
    const log = { error: (details: object) => void proxy.logged.push(details) };
    const common = { engine: deps.engine, serverKeys: [KEY], log };
    const app = createProxyApp({
      ...common,
      intake: { record: async () => ({ accepted: 0, rejected: [] }) },
      identify: async () => 0,
      notReady: async () => [],
    });
    return createServer(createProxyHandler({ ...common, search: searchHandler(deps), app }));
  }

  const proxy: ProxyOnStub = {
    seen: [],
    rejections: [],
    logged: [],
    answerWith: () => ({ body: '{}' }),
    url: () => `http://127.0.0.1:${(stub.address() as AddressInfo).port}`,
    agent: (change) => request(server(change)),
    async listen(change) {
      const started = server(change).listen(0, '127.0.0.1');
      listening.push(started);
      await once(started, 'listening');
      return (started.address() as AddressInfo).port;
    },
  };

  beforeAll(async () => {
    await once(stub.listen(0, '127.0.0.1'), 'listening');
    upstream = createUpstream({ url: proxy.url() });
  });
  beforeEach(() => {
    for (const list of [proxy.seen, proxy.rejections, proxy.logged]) list.length = 0;
    proxy.answerWith = () => ({ body: '{"hits":{"hits":[]}}' });
  });
  afterAll(async () => {
    for (const server of listening) {
      server.closeAllConnections();
      server.close();
    }
    await upstream.close();
    stub.closeAllConnections();
    stub.close();
  });
  return proxy;
}
