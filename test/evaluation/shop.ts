// A made-up shop of which every ranking is known: people who keep to their brand, and one brand everybody buys.
import { DAY_MS } from '../../src/core/affinity/affinity.js';
import { writeDataset } from '../helpers/write-dataset.js';

export const CUT = Date.parse('2026-03-01T00:00:00Z');
export const UNTIL = Date.parse('2026-03-11T00:00:00Z');
const BRANDS = ['popular', 'acme', 'zeta', 'nord'];

export interface ShopEvent {
  readonly user_id: string | null;
  readonly session_id: string | null;
  readonly action_name: string;
  readonly object_id: string;
  /** from the cut; negative is before */
  readonly days: number;
}

/** Forty products of one category, ten a brand: `milk-0` … `milk-39`, brands in turn, each dearer than the one before; and twenty coupons. */
const products = [
  ...Array.from({ length: 40 }, (_, i) => ({
    object_id: `milk-${i}`,
    category: 'milk',
    brand: BRANDS[i % 4],
    price: 20 * (i % 4) + i / 4 + 0.99,
  })),
  ...Array.from({ length: 20 }, (_, i) => ({
    object_id: `coupon-${i}`,
    category: 'coupons',
    brand: 'acme',
    price: null,
  })),
];

export const buy = (user_id: string, object_id: string, days: number): ShopEvent => ({
  user_id,
  session_id: `${user_id} ${days}`,
  action_name: 'purchase',
  object_id,
  days,
});

/** Ten people who buy the popular brand, and Ann, who buys acme; afterwards each takes a new one of their brand. */
export function events(): ShopEvent[] {
  const crowd = Array.from({ length: 10 }, (_, person) => `crowd-${person}`);
  return [
    ...crowd.flatMap((user, person) =>
      [0, 1, 2].map((turn) => buy(user, `milk-${4 * ((person + turn) % 10)}`, -20 - turn)),
    ),
    ...products.map(({ object_id }) => buy('everything', object_id, -100)),
    ...[1, 5, 9, 13].map((i, turn) => buy('ann', `milk-${i}`, -10 - turn)),
    ...[0, 1].map((i) => buy('ann', `coupon-${i}`, -10)),
    buy('ann', 'milk-1', 1),
    buy('ann', 'milk-17', 1),
    buy('ann', 'coupon-2', 1),
    ...crowd.map((user, person) => buy(user, `milk-${4 * ((person + 3) % 10)}`, 2)),
    buy('ann', 'milk-2', 30),
  ];
}

export async function writeShop(dir: string, log: readonly ShopEvent[]): Promise<void> {
  const stamped = log.map(({ days, ...event }) => ({
    ...event,
    timestamp: new Date(CUT + days * DAY_MS).toISOString(),
  }));
  await writeDataset(dir, {
    products: products.map((product) => ({ title: product.object_id, ...product })),
    events: stamped,
  });
}
