// A storefront that measures: the same search straight at the engine, and through the proxy for whom it likes.
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { KindredError } from '../../core/errors.js';
import { createUpstream, type Upstream } from '../../engine/upstream.js';
import type { RunningProxy } from '../processes/kindred.js';
import { INDEX } from './bench-shop.js';

export const PAGE = 24;

/** Words in the title times √popularity, as shops rank; every match is scored. A search with hits is never cached. */
export function storefrontSearch(word: string): object {
  const query = { match: { title: word } };
  const field_value_factor = { field: 'popularity', modifier: 'sqrt', missing: 0 };
  return { size: PAGE, query: { function_score: { query, field_value_factor } } };
}

/** The words alone: the engine may leave out what cannot come first. */
export function wordSearch(word: string): object {
  return { size: PAGE, query: { match: { title: word } } };
}

export interface Storefront {
  /** straight at the engine */
  plain(search: object): Promise<true>;
  /** through the proxy, switched off */
  off(search: object): Promise<true>;
  /** through the proxy; false when the answer was not personalized with so many boosts, or with any for `null` */
  personalized(search: object, userId: string, boosts: number | null): Promise<boolean>;
  /** the boosts of a person's plan, as explained */
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
    const answer = await to.request({
      method: 'POST',
      path: `/${INDEX}/_search`,
      headers: { 'content-type': 'application/json', ...more },
      body: JSON.stringify(search),
    });
    const bytes = await buffer(answer.body);
    if (answer.status === 200) return { bytes, outcome: String(answer.headers['x-personalization'] ?? '') };
    throw new KindredError(
      'bench-search',
      `a search was answered ${answer.status}: ${bytes.subarray(0, 300)}`,
    );
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

/** A search for one person after the other. */
export function forEachInTurn(
  { personalized }: Storefront,
  search: object,
  userIds: readonly string[],
  boosts: number,
): (round: number) => Promise<boolean> {
  return (round) => personalized(search, userIds[round % userIds.length] ?? '', boosts);
}
