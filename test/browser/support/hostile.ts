// Names that try to be more than names, wherever a shop may put one: products, fields, categories, events, models.
import { expect } from '@jest/globals';
import { admin, sendEvents } from '../../demo/shop-client.js';
import type { Stack } from './stack.js';

export const HOSTILE = {
  markup: '<img src=x onerror=alert(1)>',
  rightToLeft: 'שלום \u202eمرحبا <script>alert(2)</script>',
  emoji: '👩‍👩‍👧‍👦 🏳️‍🌈 {{7*7}} "><svg onload=alert(3)>',
  long: 'unbreakable'.repeat(28).slice(0, 300),
} as const;

const NAMES = Object.values(HOSTILE);
/** Fields of a model have at most 256 characters, models and events 100. */
export const FIELDS = NAMES.map((name) => name.slice(0, 240));
export const EVENTS = NAMES.map((name) => name.slice(0, 100));
/** the custom model's, and the default one's */
export const MODELS = {
  custom: `${HOSTILE.markup} ${HOSTILE.rightToLeft} ${HOSTILE.emoji}`.slice(0, 100),
  default: HOSTILE.long.slice(0, 100),
};
const PRODUCTS = 40;

/** Puts them into the catalog, the events and the models. @returns the id of the custom model */
export async function loadHostile(stack: Stack): Promise<string> {
  const { client, index } = stack;
  const properties = Object.fromEntries(FIELDS.map((field) => [field, { type: 'keyword' }]));
  const mapped = await client.request({ method: 'PUT', path: `/${index}/_mapping`, body: { properties } });
  expect(mapped).toMatchObject({ status: 200 });
  const products = Array.from({ length: PRODUCTS }, (_, n) => ({
    object_id: `hostile-${n}`,
    title: `shirt ${NAMES[n % NAMES.length]}`,
    category: NAMES[n % NAMES.length],
    brand: NAMES[(n >> 2) % NAMES.length],
    color: NAMES[(n >> 1) % NAMES.length],
    ...Object.fromEntries(FIELDS.map((field, at) => [field, NAMES[(n + at) % NAMES.length]])),
  }));
  const failures = await client.bulk(
    index,
    products.map((document) => ({ action: 'index', id: document.object_id, document })),
    { refresh: true },
  );
  expect(failures).toEqual([]);

  const events = products.flatMap(({ object_id }, n) =>
    [...EVENTS, 'purchase'].map((action_name) => ({
      action_name,
      timestamp: new Date(Date.now() - n * 60_000).toISOString(),
      user_id: NAMES[n % 3],
      event_attributes: { object: { object_id } },
    })),
  );
  const taken = await sendEvents(stack, events);
  expect(taken.json()).toEqual({ accepted: events.length, rejected: [] });
  await client.refresh('ubi_events');

  const made = await admin<{ id: string }>(stack, '/models', {
    body: {
      name: MODELS.custom,
      catalog: index,
      globalAffinityFields: FIELDS.map((field) => ({ field, weight: 100 / FIELDS.length })),
      categoryOverrides: [{ categories: NAMES, fields: [{ field: FIELDS[0], weight: 100 }] }],
      eventWeights: EVENTS.map((event) => ({ event, weight: 100 / EVENTS.length })),
      group: { by: 'demographic', attributes: ['age'] },
    },
  });
  expect(made).toMatchObject({ status: 201 });
  const read = (await admin<object>(stack, '/models/default')).json();
  const renamed = await admin(stack, '/models/default', {
    method: 'PUT',
    body: { ...read, name: MODELS.default },
    ifMatch: '*',
  });
  expect(renamed).toMatchObject({ status: 200 });
  return made.json().id;
}
