// A proxy in front of an upstream that records what it gets and answers what a test says.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import request from 'supertest';
import { catalogSchema } from '../../../src/core/catalog.js';
import { individualId, populationId } from '../../../src/core/profile/profile.js';
import { createUpstream } from '../../../src/engine/upstream.js';
import { createProxyApp } from '../../../src/http/proxy/proxy-app.js';
import { createProxyHandler } from '../../../src/http/proxy/proxy-handler.js';
import type { EngineCapabilities } from '../../../src/query/placement/engine-capabilities.js';
import { activeModel, brandProfile, readFrom } from '../../helpers/brand-shop.js';
import { type SearchOptions, searchHandler } from '../../helpers/search-context.js';

export const KEY = 'srv_test_key';
/** Headers of a trusted request for the one person who has a profile, and likes `brand` bolt. */
export const TRUSTED = { 'content-type': 'application/json', 'x-kindred-key': KEY, 'x-user-id': 'u1' };

export const capabilities: EngineCapabilities = {
  kind: 'elasticsearch',
  painless: null,
  rescorerRetriever: true,
  maxWindow: 10_000,
};
export const active = { ...activeModel(), version: 3, profileIndex: 'kindred-profiles-m-3' };

const population = [['acme', 90] as const, ['bolt', 10] as const];
const profiles = new Map([
  [populationId(null), brandProfile('population', 'all', population)],
  [individualId('u1'), brandProfile('individual', 'u1', [['bolt', 9]])],
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
  listen(change?: Partial<SearchOptions>, passWrites?: readonly string[]): Promise<number>;
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

  function server(change: Partial<SearchOptions> = {}, passWrites: readonly string[] = []): Server {
    const deps: SearchOptions = {
      upstream,
      engine: 'elasticsearch',
      capabilities: () => capabilities,
      indicesOf: (catalog) => new Set([catalog]),
      catalogs: new Map([['products', catalogSchema.parse({ index: 'products' })]]),
      serving: () => ({ enabled: true, active }),
      modelById: async () => null,
      readProfiles: readFrom(profiles),
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
      intake: {
        record: async () => ({ accepted: 0, rejected: [] }),
        recordEvents: async () => ({ accepted: 0, rejected: [] }),
      },
      identify: async () => 0,
      notReady: async () => [],
    });
    return createServer(createProxyHandler({ ...common, search: searchHandler(deps), app, passWrites }));
  }

  const proxy: ProxyOnStub = {
    seen: [],
    rejections: [],
    logged: [],
    answerWith: () => ({ body: '{}' }),
    url: () => `http://127.0.0.1:${(stub.address() as AddressInfo).port}`,
    agent: (change) => request(server(change)),
    async listen(change, passWrites) {
      const started = server(change, passWrites).listen(0, '127.0.0.1');
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
