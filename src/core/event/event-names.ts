// Synonyms of event names: those of UBI, GA4, Algolia, Segment and Snowplow map to one built-in name.

/**
 * Built-in name → its synonyms, in normal form. Sources: UBI 1.3 `action_name` and the names of its examples;
 * GA4 recommended events; Algolia Insights types, subtypes and default event names; Segment's ecommerce spec v2;
 * Snowplow's ecommerce action types.
 */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  purchase: ['order_completed', 'product_purchase', 'product_purchased', 'products_purchased', 'transaction'],
  add_to_cart: ['added_to_cart', 'product_added', 'product_added_to_cart', 'wishlist_product_added_to_cart'],
  view: ['product_view', 'product_viewed', 'view_item'],
  click: ['click_through', 'hit_clicked', 'item_click', 'list_click', 'product_clicked', 'select_item'],
  wishlist: ['add_to_wishlist', 'added_to_wishlist', 'product_added_to_wishlist'],
  remove_from_cart: ['removed_from_cart', 'product_removed', 'product_removed_from_cart'],
  remove_from_wishlist: ['removed_from_wishlist', 'product_removed_from_wishlist'],
  search: ['on_search', 'query', 'products_searched', 'view_search_results'],
  impression: ['hits_viewed', 'item_impression', 'list_view', 'product_list_viewed', 'view_item_list'],
};

/**
 * A purchase that is taken back, in the many ways in which shops say it: what (`order`, `product`, …) was refunded,
 * returned or cancelled, in either order (`order_refunded`, `cancel_order`), in part or in full. What is only asked for
 * (`return_requested`) or failed is not. A return or a refund needs no noun; a `cancel` alone may be of anything.
 */
const TAKEN =
  '(?:order|purchase|product|item|line_item|order_line|order_item|transaction|payment|charge|sale)s?';
/** A payment that is cancelled was mostly none: the buyer went away before anything was bought. */
const BOUGHT = '(?:order|purchase|product|item|line_item|order_line|order_item|sale)s?';
const REFUND = '(?:refund(?:s|ed)?|return(?:s|ed)?)';
const CANCEL = '(?:cancel(?:s|l?ed)?|cancell?ation|void(?:ed)?)';
const DONE = '(?:_(?:completed|created|issued|processed|confirmed|approved|received|succeeded))?';
const PART = '(?:(?:partial|full)(?:ly)?_)?';
const REFUNDS = [
  `${PART}(?:${TAKEN}_${PART})?${REFUND}${DONE}`,
  `${PART}${BOUGHT}_${PART}${CANCEL}${DONE}`,
  `(?:${REFUND}_${TAKEN}|${CANCEL}_${BOUGHT})${DONE}`,
];
const REFUND_NAME = new RegExp(`^(?:${REFUNDS.join('|')})$`);

/** The action of a log-in. It is stored as an event without an object, and has no weight. */
export const IDENTIFY = 'identify';

/** Removals, which take back what another event gave: they follow that event's weight and cannot be weighted. */
export const REMOVALS: ReadonlyMap<string, string> = new Map([
  ['refund', 'purchase'],
  ['remove_from_cart', 'add_to_cart'],
  ['remove_from_wishlist', 'wishlist'],
]);

const BUILT_IN: ReadonlyMap<string, string> = new Map(
  Object.entries(SYNONYMS).flatMap(([event, others]) => [event, ...others].map((name) => [name, event])),
);

/** Lower case, words joined by one underscore: `addToCart`, `Add to Cart` and `add-to-cart` are `add_to_cart`. */
function normalForm(name: string): string {
  const words = name.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2').split(/[\s_.-]+/);
  return words.filter(Boolean).join('_').toLowerCase() || name;
}

/** The built-in event a name stands for: `view_item` is `view`. Undefined for a shop's own events. */
export function builtInEvent(name: string): string | undefined {
  const normal = normalForm(name);
  return BUILT_IN.get(normal) ?? (REFUND_NAME.test(normal) ? 'refund' : undefined);
}

/**
 * The name an event counts under, however it is spelled. Stored events keep the name they were sent with.
 * @returns the built-in's, else the shop's own in normal form
 */
export function canonicalEventName(name: string): string {
  return builtInEvent(name) ?? normalForm(name);
}

/** Built-in events are weighted under their canonical name; removals and log-ins not at all. Null when all is well. */
export function weightingProblem(event: string): string | null {
  if (canonicalEventName(event) === IDENTIFY)
    return 'says who a visitor is, not what they like; weigh other events';
  const builtIn = builtInEvent(event);
  const gives = builtIn && REMOVALS.get(builtIn);
  if (gives) return `takes away what "${gives}" gives, with its weight; weigh "${gives}" instead`;
  if (builtIn === undefined || builtIn === event) return null;
  return `counts as the built-in event "${builtIn}" already; write "${builtIn}" instead`;
}
