// The catalog as shop software indexes it: the fields that Magento, Vendure and Oscar keep beside a product's own.
import type { Dress } from './shop.js';

const keyword = { type: 'keyword' };
const text = { type: 'text' };
const textWithKeyword = { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } };
const boolean = { type: 'boolean' };
const integer = { type: 'integer' };

const SHARED = {
  created: { type: 'date' },
  popularity: integer,
  location: { type: 'geo_point' },
  offers: { type: 'nested', properties: { size: keyword, price: { type: 'double' } } },
};
const MAGENTO = {
  name: textWithKeyword,
  sku: textWithKeyword,
  status: integer,
  visibility: integer,
  type_id: keyword,
  category_ids: integer,
  configurable_children: { properties: { sku: keyword, price: { type: 'double' } } },
};
const VENDURE = {
  channelId: keyword,
  languageCode: keyword,
  productId: keyword,
  productName: textWithKeyword,
  productVariantName: textWithKeyword,
  facetValueIds: keyword,
  collectionIds: keyword,
  collectionSlugs: keyword,
  enabled: boolean,
  inStock: boolean,
  productInStock: boolean,
  priceWithTax: { type: 'long' },
};
const OSCAR = {
  code: keyword,
  search_title: { type: 'text', fields: { reversed: text } },
  _all_text: text,
  is_public: boolean,
  is_available: boolean,
  date_created: { type: 'date' },
};

const SIZES = ['S', 'M', 'L'];
const DAY_MS = 86_400_000;

/** Three shards, as the scores of a shop's index come from several. */
export const DRESSED: Dress = {
  shards: 3,
  properties: { ...SHARED, ...MAGENTO, ...VENDURE, ...OSCAR, text },
  fields({ object_id, title, brand, category, color, price }, n) {
    const sku = `SKU-${object_id}`;
    const created = new Date(Date.UTC(2026, 4, 1) + (n % 40) * DAY_MS).toISOString();
    const sizes = SIZES.filter((_, at) => (n + at) % 2 === 0);
    const offers = sizes.map((size) => ({ size, price: price + size.length }));
    return {
      ...{ created, popularity: n % 11, offers },
      location: { lat: 52.3 + (n % 7) / 10, lon: 13.1 + (n % 5) / 10 },
      ...{ name: `${brand} ${title}`, sku, status: 1, visibility: 2 + (n % 3) },
      ...{ type_id: n % 4 ? 'simple' : 'configurable', category_ids: [2, category === 'jacket' ? 7 : 8] },
      configurable_children: offers.map((offer) => ({ sku: `${sku}-${offer.size}`, price: offer.price })),
      ...{ channelId: '1', languageCode: 'en', productId: `${brand}-${category}` },
      ...{ productName: `${category} by ${brand}`, productVariantName: title },
      ...{ facetValueIds: [brand, color], collectionIds: [category === 'jacket' ? '7' : '8'] },
      collectionSlugs: [category === 'jacket' ? 'jackets' : category],
      ...{ enabled: true, inStock: n % 6 > 0, productInStock: true, priceWithTax: Math.round(price * 1.2) },
      ...{ code: object_id, search_title: title, _all_text: `${title} ${brand}`, text: `${title} ${brand}` },
      ...{ is_public: true, is_available: n % 6 > 0, date_created: created },
    };
  },
};
