// One order from page to page: pages behind the first, and the way back to it, are ranked by what ranked the first.
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PageOrder, PageOrderStore } from '../../core/boost-plan/page-order.js';
import type { ActiveModel } from '../../core/model/model.js';
import { readNow, withinDeadline } from '../../profiles/read-profiles.js';
import type {
  ReadSession,
  ReadVisitorOptions,
  VisitorFailure,
  VisitorProfiles,
} from '../../profiles/visitor-profiles.js';

export interface OrderedVisitor {
  readonly visitor: VisitorProfiles;
  /** of the first page, while its profiles are there */
  readonly active: ActiveModel;
  /** milliseconds since the epoch; session events age from here */
  readonly asOf: number;
}

export interface OrderedSearch extends ReadVisitorOptions {
  /** what pages of one list have in common, shopper included */
  readonly parts: readonly unknown[];
  /** it asks for a page behind the first */
  readonly later: boolean;
}

/**
 * A first page is ranked by what is known now, so that a click moves the very next search; but when a page behind it
 * was asked for since, it is the way back, and keeps its order that once. A page behind it whose first page is not
 * known, or forgotten, is ranked by what is known now, and those that follow keep that.
 */
export type StableOrder = (search: OrderedSearch) => Promise<OrderedVisitor | VisitorFailure>;

/** Models that may have ranked a first page that is still being paged through. */
const RECENT_MODELS = 6;

export function createStableOrder(orders: PageOrderStore): StableOrder {
  const recent = new LRUCache<string, ActiveModel>({ max: RECENT_MODELS });

  async function readAsOf(search: OrderedSearch, { model, version, asOf, upTo }: PageOrder) {
    const ranking = async (active: ActiveModel): Promise<OrderedVisitor | VisitorFailure> => {
      const readSession: ReadSession = (whose) => search.readSession(whose, upTo);
      const visitor = await readNow({ ...search, active, readSession, now: () => asOf });
      return typeof visitor === 'string' ? visitor : { visitor, active, asOf };
    };
    const first = recent.get(`${model}@${version}`);
    const then = first && (await ranking(first).catch(() => null));
    // Its profiles are gone: newer versions were activated since, or another process ranked it by one unknown here.
    return then && typeof then !== 'string' ? then : ranking(search.active);
  }

  return (search) =>
    withinDeadline(search.deadlineMs, async (late) => {
      const { active, later } = search;
      const key = hash('sha256', JSON.stringify(search.parts), 'base64url');
      const keep = (order: PageOrder) => void orders.write(key, order).catch(() => {});
      recent.set(`${active.model.id}@${active.version}`, active);
      const asOf = search.now();
      // A store that cannot be read costs the order its stability, not the shopper their results.
      const [order, first] = await Promise.all([
        orders.read(key).catch(() => null),
        later ? null : readNow(search),
      ]);
      if (order && (later || order.paged)) {
        const ordered = await readAsOf(search, order);
        // Who was answered without it asks again: the way back is still theirs.
        if (!late()) keep({ ...order, paged: later });
        return ordered;
      }
      const visitor = first ?? (await readNow(search));
      if (typeof visitor === 'string') return visitor;
      const { newestArrival: upTo } = visitor;
      if (!late()) keep({ asOf, upTo, model: active.model.id, version: active.version, paged: later });
      return { visitor, active, asOf };
    });
}
