// What holds for every client: whose brand comes first, and what of an answer personalization must leave as it is.
import { expect } from '@jest/globals';
import { brandOf, jacketsOf } from './catalog.js';
import { type ClientShop, SERVER_KEY } from './shop.js';

/** All jackets, those of the brand before every other. */
export function expectFirst(brand: string, ids: readonly string[], plain: readonly string[]): void {
  const liked = jacketsOf(brand);
  expect(ids.slice(0, liked.length).map(brandOf)).toEqual(liked.map(() => brand));
  expect([...ids].sort()).toEqual([...plain].sort());
  expect(plain.slice(0, liked.length).map(brandOf)).not.toEqual(liked.map(() => brand));
}

/** Clicks on everything a brand has, by a visitor nobody knows, under an id of the given kind. */
export async function click(
  shop: ClientShop,
  brand: string,
  who: Readonly<Record<string, string>>,
): Promise<void> {
  const events = jacketsOf(brand).map((object_id) => ({
    action_name: 'click',
    timestamp: new Date().toISOString(),
    ...who,
    event_attributes: { object: { object_id } },
  }));
  const answer = await fetch(`${shop.url}/_kindred/events`, {
    method: 'POST',
    headers: { 'x-kindred-key': SERVER_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  expect(await answer.json()).toEqual({ accepted: events.length, rejected: [] });
}
