// The demo's storefront: asks the running proxy over HTTP, exactly as a shop's server would.
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { KindredError } from '../core/errors.js';
import type { EngineAddress } from '../engine/client/engine-address.js';
import { createUpstream, type Upstream } from '../engine/upstream.js';
import { storefrontSearch } from '../query/body/storefront-search.js';

const reasonSchema = z.object({
  cause: z.enum(['field', 'buy_again', 'related', 'named', 'limit']),
  field: z.string().optional(),
  value: z.string().optional(),
  own: z.number(),
  factor: z.number(),
  profile: z.string().optional(),
  evidence: z.object({ count: z.number(), of: z.string() }).optional(),
});

const responseSchema = z.object({
  hits: z.object({ hits: z.array(z.object({ _id: z.string(), _source: z.object({ title: z.string() }) })) }),
  ext: z
    .object({
      kindred: z.object({
        hits: z.array(
          z.object({
            _id: z.string(),
            rank_without: z.number().nullable(),
            relative: z.number(),
            reasons: z.array(reasonSchema),
          }),
        ),
      }),
    })
    .optional(),
});

export interface ShownHit {
  readonly id: string;
  readonly title: string;
  /** from 1; null when it is not among the first 500 without personalization */
  readonly rankWithout: number | null;
  /** its boost ÷ the average one of the list */
  readonly relative: number;
  /** against the average of the list, strongest first */
  readonly reasons: readonly z.infer<typeof reasonSchema>[];
}

export interface ShownList {
  /** value of `X-Personalization` */
  readonly outcome: string;
  readonly hits: readonly ShownHit[];
}

export interface Visitor {
  readonly userId?: string;
  readonly sessionId?: string;
}

export interface ProxyClient {
  /** the first ten hits with the reasons for their ranks; retried while profiles miss the deadline */
  search(text: string, visitor: Visitor): Promise<ShownList>;
  /** whether the response to a search without identity equals the engine's own byte for byte, apart from `took` */
  matchesEngine(text: string): Promise<boolean>;
  /** one click, as the storefront would report it */
  click(objectId: string, text: string, sessionId: string): Promise<void>;
  close(): Promise<void>;
}

const HITS = 10;

/** On a busy machine profiles may miss the deadline; they are in memory for a later search. */
const MAX_TRIES = 50;
const PAUSE_MS = 100;
const TOO_LATE = /=profile-timeout$/;

/** The storefront's query: the words in the title, times √popularity, as shops rank. */
export function storefrontQuery(text: string): object {
  const fields = { titleField: 'title', categoryField: 'category', popularity: true };
  return storefrontSearch({ ...fields, text, size: HITS });
}

export function createProxyClient(
  { proxyUrl, engine: engineAddress }: { readonly proxyUrl: string; readonly engine: EngineAddress },
  index: string,
  serverKey: string,
): ProxyClient {
  const proxy = createUpstream({ url: proxyUrl });
  const engine = createUpstream(engineAddress);

  async function post(path: string, body: object, headers: Record<string, string>) {
    const response = await proxy.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', 'x-kindred-key': serverKey, ...headers },
      body: JSON.stringify(body),
    });
    const text = await readText(response.body);
    if (response.status >= 300)
      throw new KindredError(
        'demo-request',
        `the proxy answered ${response.status} to ${path}: ${text.slice(0, 200)}`,
      );
    const json: unknown = JSON.parse(text);
    return { outcome: String(response.headers['x-personalization'] ?? ''), json };
  }

  /** The body of the response to a search without identity, by the proxy or the engine, without its `took`. */
  async function originalBody(at: Upstream, text: string): Promise<string> {
    const { body } = await at.request({
      method: 'POST',
      path: `/${index}/_search`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(storefrontQuery(text)),
    });
    return (await readText(body)).replace(/"took":\d+/, '');
  }

  return {
    async matchesEngine(text) {
      const [ours, theirs] = await Promise.all([originalBody(proxy, text), originalBody(engine, text)]);
      return ours === theirs;
    },
    async search(text, { userId, sessionId }) {
      const headers = {
        'x-kindred': 'explain',
        ...(userId !== undefined && { 'x-user-id': userId }),
        ...(sessionId !== undefined && { 'x-session-id': sessionId }),
      };
      const send = () => post(`/${index}/_search`, storefrontQuery(text), headers);
      let result = await send();
      for (let tries = 1; TOO_LATE.test(result.outcome) && tries < MAX_TRIES; tries++) {
        await sleep(PAUSE_MS);
        result = await send();
      }
      const { outcome, json } = result;
      const { hits, ext } = responseSchema.parse(json);
      const reasons = new Map(ext?.kindred.hits.map((hit) => [hit._id, hit]));
      return {
        outcome,
        hits: hits.hits.map(({ _id, _source }) => ({
          id: _id,
          title: _source.title,
          rankWithout: reasons.get(_id)?.rank_without ?? null,
          relative: reasons.get(_id)?.relative ?? 1,
          reasons: reasons.get(_id)?.reasons ?? [],
        })),
      };
    },
    async click(objectId, text, sessionId) {
      const event = {
        action_name: 'click',
        timestamp: new Date().toISOString(),
        session_id: sessionId,
        user_query: text,
        event_attributes: { object: { object_id: objectId } },
      };
      await post('/_kindred/events', event, {});
    },
    async close() {
      await Promise.all([proxy.close(), engine.close()]);
    },
  };
}
