// The storefront that measures: the same search directly at the engine, and through the proxy for any user.
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { KindredError } from '../../core/errors.js';
import { createUpstream, type Upstream } from '../../engine/upstream.js';
import type { RunningProxy } from '../processes/kindred-serve.js';
import { INDEX } from './bench-shop.js';

const PAGE = 24;

/** The body of a search. */
export interface BenchSearch {
  readonly size: number;
  readonly from?: number;
  readonly query: object;
}

/** Words in the title times √popularity, as shops rank: the engine scores every match. Searches with hits are not cached. */
export function popularitySearch(word: string): BenchSearch {
  const query = { match: { title: word } };
  const field_value_factor = { field: 'popularity', modifier: 'sqrt', missing: 0 };
  return { size: PAGE, query: { function_score: { query, field_value_factor } } };
}

/** The 21st page of the same list. */
export function page21(search: BenchSearch): BenchSearch {
  return { ...search, from: 20 * search.size };
}

/** Words in the title alone: the engine may skip matches that cannot be among the best. */
export function wordSearch(word: string): BenchSearch {
  return { size: PAGE, query: { match: { title: word } } };
}

export interface Storefront {
  /** directly at the engine */
  plain(search: object): Promise<true>;
  /** through the proxy, switched off */
  off(search: object): Promise<true>;
  /** through the proxy; false when the response was not personalized with this many boosts (null: with any) */
  personalized(search: object, userId: string, boosts: number | null): Promise<boolean>;
  /** the boosts of a user's plan, as `explain` lists them */
  boosts(search: object, userId: string): Promise<readonly Boost[]>;
  close(): Promise<void>;
}

const explainedSchema = z.object({
  ext: z.object({
    kindred: z.object({
      plan: z.array(z.object({ field: z.string(), value: z.string(), factor: z.number() })),
    }),
  }),
});

export type Boost = z.infer<typeof explainedSchema>['ext']['kindred']['plan'][number];

export function createStorefront(engineUrl: string, { url, serverKey }: RunningProxy): Storefront {
  const engine = createUpstream({ url: engineUrl });
  const proxy = createUpstream({ url });
  const trusted = { 'x-kindred-key': serverKey };

  async function send(to: Upstream, search: object, more: Record<string, string> = {}) {
    const { status, headers, body } = await to.request({
      method: 'POST',
      path: `/${INDEX}/_search`,
      headers: { 'content-type': 'application/json', ...more },
      body: JSON.stringify(search),
    });
    const bytes = await buffer(body);
    if (status === 200) return { bytes, outcome: String(headers['x-personalization'] ?? '') };
    throw new KindredError('bench-search', `a search was answered ${status}: ${bytes.subarray(0, 300)}`);
  }

  return {
    async plain(search) {
      await send(engine, search);
      return true;
    },
    async off(search) {
      await send(proxy, search, { ...trusted, 'x-kindred': 'off' });
      return true;
    },
    async personalized(search, userId, boosts) {
      const { outcome } = await send(proxy, search, { ...trusted, 'x-user-id': userId });
      const sent = /^applied;.* boosts=(\d+)/.exec(outcome)?.[1];
      return sent !== undefined && (boosts === null || Number(sent) === boosts);
    },
    async boosts(search, userId) {
      const headers = { ...trusted, 'x-user-id': userId, 'x-kindred': 'explain' };
      const { bytes } = await send(proxy, search, headers);
      return explainedSchema.parse(JSON.parse(bytes.toString())).ext.kindred.plan;
    },
    async close() {
      await Promise.all([engine.close(), proxy.close()]);
    },
  };
}

/** Sends a search for one user after the other. */
export function forEachUserInTurn(
  { personalized }: Storefront,
  search: object,
  userIds: readonly string[],
  boosts: number,
): (round: number) => Promise<boolean> {
  return (round) => personalized(search, userIds[round % userIds.length] ?? '', boosts);
}
