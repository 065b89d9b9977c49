// One engine with the shop in it, the proxy in front of it, and requests sent to either.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { Pool } from 'undici';
import { catalogSchema } from '../../../src/core/catalog.js';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { createUpstream } from '../../../src/engine/upstream.js';
import { createProxyHandler } from '../../../src/http/proxy/proxy-handler.js';
import { createCapabilityWatcher } from '../../../src/models/serving/capability-watcher.js';
import { connectTest, type TestEngine, uniqueIndex } from '../../helpers/engines.js';
import { searchHandler } from '../../helpers/search-context.js';
import type { Asked } from './requests.js';
import { fillShop } from './shop.js';
import { ACTIVE, NOW, readProfiles, readSession } from './shopper.js';

export const KEY = 'srv_differential';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** decoded */
  readonly body: Buffer;
}

export type Target = 'engine' | 'off' | 'on';

export interface World {
  readonly kind: EngineKind;
  readonly index: string;
  /** hits that a rescore window may hold */
  readonly window: number;
  /** what went wrong inside: rewrites the engine refused, and failures of ours */
  readonly complaints: string[];
  /** the proxy's own port, with personalization on */
  readonly proxyUrl: string;
  send(target: Target, asked: Asked): Promise<Answer>;
  close(): Promise<void>;
}

/** @param maxWindow hits that a rescore window may hold */
export async function createWorld({ kind, url }: TestEngine, maxWindow = 10_000): Promise<World> {
  const engine = await connectTest(kind);
  const index = uniqueIndex('differential');
  await fillShop(engine, index, maxWindow);
  const pit = await openPointInTime(engine, index);
  const complaints: string[] = [];
  const upstream = createUpstream({ url });
  const catalog = catalogSchema.parse({ index });
  const catalogs = new Map([[index, catalog]]);
  const watcher = createCapabilityWatcher(engine, [catalog], {
    onFailure: (error) => complaints.push(`capabilities: ${error}`),
    // The embedded Elasticsearch has no Painless.
    onScriptRefused: () => {},
  });
  await watcher.refreshNow();
  const active = { ...ACTIVE, model: { ...ACTIVE.model, catalog: index } };

  function proxy(enabled: boolean): Promise<{ server: Server; url: string }> {
    const search = searchHandler({
      upstream,
      engine: kind,
      capabilities: watcher.current,
      indicesOf: watcher.indicesOf,
      catalogs,
      serving: () => ({ enabled, active }),
      modelById: async () => null,
      readProfiles,
      readSession,
      // Nothing is read over a network here; under load a timer may be late by more than a search would wait.
      deadlineMs: 10_000,
      maxBodyBytes: 10 * 1024 * 1024,
      now: () => NOW,
      onRewriteRejected: (reason) => complaints.push(`rewrite rejected: ${reason}`),
    });
    const app: RequestListener = (_request, response) => void response.writeHead(404).end();
    const log = {
      error: (details: object) => void complaints.push(`failed: ${String(Reflect.get(details, 'err'))}`),
    };
    return listen(createServer(createProxyHandler({ search, app, engine: kind, serverKeys: [KEY], log })));
  }

  const [off, on] = await Promise.all([proxy(false), proxy(true)]);
  const pools = { engine: new Pool(url), off: new Pool(off.url), on: new Pool(on.url) };
  const named = (text: string) => text.replaceAll('@index@', index).replaceAll('@pit@', pit.id);

  return {
    kind,
    index,
    window: maxWindow,
    complaints,
    proxyUrl: on.url,
    async send(target, asked) {
      const sent =
        target === 'engine' ? engineHeaders(asked.headers, kind) : { ...asked.headers, 'x-kindred-key': KEY };
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries(asked.parameters)) parameters.set(name, named(value));
      const bytes = typeof asked.body === 'string' ? Buffer.from(named(asked.body)) : asked.body;
      const answer = await pools[target].request({
        method: asked.method,
        path: named(asked.path) + (parameters.size > 0 ? `?${parameters}` : ''),
        headers: { ...sent, ...(bytes && asked.gzip && { 'content-encoding': 'gzip' }) },
        body: bytes && (asked.gzip ? gzipSync(bytes) : bytes),
      });
      const body = await buffer(answer.body);
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: decoded(body, answer.headers['content-encoding']),
      };
    },
    async close() {
      await Promise.all(Object.values(pools).map((pool) => pool.close()));
      for (const { server } of [off, on]) server.close();
      await pit.close();
      await upstream.close();
      await engine.deleteIndex(index);
      await engine.close();
    },
  };
}

async function listen(server: Server): Promise<{ server: Server; url: string }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function decoded(body: Buffer, encoding: string | string[] | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body);
  return encoding === 'deflate' ? inflateSync(body) : body;
}

/** OpenSearch refuses Elasticsearch's vendored media types; through the proxy it need not. */
function engineHeaders(headers: Readonly<Record<string, string>>, kind: EngineKind): Record<string, string> {
  if (kind === 'elasticsearch') return { ...headers };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(/vnd\.elasticsearch\+(x-ndjson|json); compatible-with=\d/, '$1'),
    ]),
  );
}

async function openPointInTime(engine: EngineClient, index: string) {
  const elasticsearch = engine.kind === 'elasticsearch';
  const path = `/${index}/${elasticsearch ? '_pit' : '_search/point_in_time'}`;
  const opened = await engine.request({ method: 'POST', path, querystring: { keep_alive: '30m' } });
  if (opened.status !== 200) throw new Error(JSON.stringify(opened.body));
  const { id, pit_id } = opened.body as { id?: string; pit_id?: string };
  const name = id ?? pit_id ?? '';
  return {
    id: name,
    close: () =>
      elasticsearch
        ? engine.request({ method: 'DELETE', path: '/_pit', body: { id: name } })
        : engine.request({ method: 'DELETE', path: '/_search/point_in_time', body: { pit_id: [name] } }),
  };
}
