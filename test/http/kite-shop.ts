// A shop whose catalog says nothing in the plain way: sub-fields, an alias, nested and flattened attributes, runtime fields.
import { catalogSchema } from '../../src/core/catalog.js';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { indexDocuments } from '../helpers/index-documents.js';
import type { ShopData } from './trained-shop.js';

export const KITES = catalogSchema.parse({
  index: 'products',
  idField: 'object_id.keyword',
  titleField: 'name',
  categoryField: 'shelf.exact',
});

const keyword = { type: 'keyword' };
const of = (list: readonly string[], n: number) => list[n % list.length] ?? '';

/** Of 108: every attribute goes round at a pace of its own. */
export const kites = Array.from({ length: 108 }, (_, n) => ({
  object_id: `k${n}`,
  name: `Kite ${n}`,
  shelf: of(['stunt', 'power'], n >> 2),
  maker: of(['Orla', 'Pike', 'Rune'], n),
  lines: of(['two', 'four'], Math.floor(n / 5)),
  attrs: {
    tone: of(['dusk', 'dawn', 'noon'], Math.floor(n / 3)),
    sail: { weave: of(['tight', 'loose'], n >> 3) },
  },
  features: [
    { label: 'Fit', value: of(['slim', 'wide', 'long'], Math.floor(n / 9)) },
    { label: 'Care [a=b].', value: of(['wash', 'wipe'], Math.floor(n / 7)) },
    // Another attribute has the same values.
    { label: 'Bag', value: of(['wide', 'slim', 'long'], n) },
  ],
  parts: n % 2 === 0 ? [{ colour: 'red' }, { colour: of(['grey', 'white'], n >> 1) }] : [{ colour: 'blue' }],
  weights: [{ kind: 'net', grams: 100 + (n % 12) * 50 }],
  tier: of(['gold', 'tin', 'lead'], Math.floor(n / 2)),
}));
export type Kite = (typeof kites)[number];

/** The values of a field as a reader of the products would name them. */
export const VALUES: Record<string, (kite: Kite) => readonly string[]> = {
  'maker.raw': ({ maker }) => [maker],
  brand: ({ maker }) => [maker],
  collected: ({ lines }) => [lines],
  'attrs.tone': ({ attrs }) => [attrs.tone],
  'attrs.sail.weave': ({ attrs }) => [attrs.sail.weave],
  'features[label=Fit].value.untouched': ({ features }) => [features[0]?.value ?? ''],
  'features[label=Care [a=b].].value.untouched': ({ features }) => [features[1]?.value ?? ''],
  'parts.colour': ({ parts }) => parts.map(({ colour }) => colour),
  tier: ({ tier }) => [tier],
};

const text = (name: string) => ({ type: 'text', fields: { [name]: keyword } });

function mappings(kind: EngineKind) {
  const made = { tier: { type: 'keyword', script: { source: "emit(params._source['grade'])" } } };
  return {
    dynamic: false,
    // The embedded Elasticsearch has no Painless: its runtime field reads what stands in `_source`.
    ...(kind === 'opensearch' ? { derived: made } : { runtime: { tier: keyword } }),
    properties: {
      object_id: text('keyword'),
      name: text('raw'),
      shelf: text('exact'),
      maker: text('raw'),
      brand: { type: 'alias', path: 'maker.raw' },
      lines: { type: 'keyword', copy_to: 'collected' },
      collected: keyword,
      attrs: { type: kind === 'opensearch' ? 'flat_object' : 'flattened' },
      features: { type: 'nested', properties: { label: keyword, value: text('untouched') } },
      parts: { type: 'nested', properties: { colour: keyword } },
      weights: { type: 'nested', properties: { kind: keyword, grams: { type: 'integer' } } },
      notes: { type: 'text' },
      since: { type: 'date' },
    },
  };
}

const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
const event = (user_id: string, action_name: string, object_id: string, day: number) => ({
  user_id,
  session_id: `${user_id}-${day}`,
  action_name,
  timestamp: at(day),
  event_attributes: { object: { object_id } },
});

/** What Ivy likes, one value of every field. */
export const LIKED: Record<string, string> = {
  'maker.raw': 'Orla',
  brand: 'Orla',
  collected: 'two',
  'attrs.tone': 'dusk',
  'attrs.sail.weave': 'tight',
  'features[label=Fit].value.untouched': 'slim',
  'features[label=Care [a=b].].value.untouched': 'wash',
  'parts.colour': 'red',
  tier: 'gold',
};

/** Kites with at least so many of the liked values. */
export function likedKites(least: number): Kite[] {
  return kites.filter(
    (kite) =>
      Object.entries(LIKED).filter(([field, value]) => VALUES[field]?.(kite).includes(value)).length >= least,
  );
}

/** Forty people who buy anything, and Ivy. */
export function kiteShop(kind: EngineKind, shards: number): ShopData {
  return {
    catalog: KITES,
    painless: true,
    async fill(engine) {
      const settings = { number_of_shards: shards, number_of_replicas: 0 };
      await engine.createIndex('products', { settings, mappings: mappings(kind) });
      await indexDocuments(
        engine,
        'products',
        kites.map(({ tier, ...kite }) => [
          kite.object_id,
          { ...kite, ...(kind === 'opensearch' ? { grade: tier } : { tier }) },
        ]),
      );
      const everybody = Array.from({ length: 432 }, (_, n) =>
        event(`u${n % 40}`, n % 3 === 0 ? 'purchase' : 'view', `k${(n * 5) % 108}`, n % 50),
      );
      const ivy = likedKites(5).map(({ object_id }, n) => event('ivy', 'purchase', object_id, n));
      await indexDocuments(
        engine,
        'ubi_events',
        [...everybody, ...ivy].map((each, n) => [`e${n}`, each]),
      );
    },
  };
}
