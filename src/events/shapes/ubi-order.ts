// UBI events on several products: an order whose lines are in a list of `event_attributes`.
import { eventLines, isJson, type Json, json, type SentEvent } from './sent-event.js';

const LISTS = ['object', 'objects', 'items', 'products', 'lines', 'order_lines'] as const;

/** Null for an event that names its product itself, or none: it is validated as it was sent. */
export function readUbiOrder(event: Json): SentEvent | null {
  const attributes = json(event.event_attributes);
  if (json(attributes.object).object_id !== undefined) return null;
  const list = LISTS.find((name) => Array.isArray(attributes[name]));
  if (list === undefined) return null;
  const { [list]: products, object: _, ...rest } = attributes;
  if (!Array.isArray(products) || products.length === 0) return null;
  // The time of other shapes may be absent, that of UBI's events not.
  if (event.timestamp === undefined) return { errors: [{ path: 'timestamp', message: 'is required' }] };
  const lines = products.map((product: unknown, place) => {
    const line = json(product);
    const { quantity = line.qty, price = line.unit_price, currency = rest.currency, position } = line;
    const name = ['object_id', 'item_id', 'product_id', 'sku', 'id'].find((key) => line[key] !== undefined);
    const ordinal = isJson(position) ? position.ordinal : undefined;
    const path = `event_attributes.${list}.${place}.${name ?? 'object_id'}`;
    return { object_id: line[name ?? 'object_id'], quantity, price, currency, ordinal, path };
  });
  const { transaction_id = rest.order_id } = rest;
  const order = { common: known(event), attributes: transaction_id === undefined ? {} : { transaction_id } };
  return eventLines(lines, { ...order, paths: {}, list: `event_attributes.${list}` });
}

/** Short texts that go with each line. The rest of an order is not kept: two hundred lines of it could be large. */
function known(event: Json): Json {
  const keys = [
    'event_id',
    'action_name',
    'timestamp',
    'application',
    'query_id',
    'session_id',
    'client_id',
    'user_id',
  ];
  return Object.fromEntries(keys.flatMap((key) => (event[key] === undefined ? [] : [[key, event[key]]])));
}
