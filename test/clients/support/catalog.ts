const keyword = { type: 'keyword' };

export const MAPPINGS = {
  properties: {
    object_id: keyword,
    title: { type: 'text' },
    description: { type: 'text' },
    category: keyword,
    brand: keyword,
    color: keyword,
    price: { type: 'double' },
    suggest: { type: 'completion' },
  },
};

const TYPES = ['jacket', 'boots', 'shirt'];
const BRANDS = ['Acme', 'Bolt', 'Cape', 'Dune', 'Fjord'];
const COLORS = ['red', 'blue', 'green', 'black'];

/** The shopper with a history, and what it is of. */
export const SHOPPER = { user: 'ann', brand: 'Fjord' };
/** What an anonymous session clicks on. */
export const BROWSED = { session: 'visit-1', brand: 'Cape' };
/** Every type in every brand and color, once; the texts of one type are equally long, so that they score the same. */
export const JACKETS = BRANDS.length * COLORS.length;

interface ShopProduct {
  readonly object_id: string;
  readonly title: string;
  readonly category: string;
  readonly brand: string;
  readonly color: string;
  readonly price: number;
}

export const PRODUCTS: readonly ShopProduct[] = COLORS.flatMap((color) =>
  BRANDS.flatMap((brand) => TYPES.map((category) => ({ color, brand, category }))),
).map(({ color, brand, category }, n) => ({
  object_id: `p${100 + n}`,
  title: `${color} ${category}`,
  description: `a ${category} made by ${brand}`,
  category,
  brand,
  color,
  price: 20 + n,
  suggest: `${brand} ${category}`,
}));

export const brandOf = (objectId: string) =>
  PRODUCTS.find(({ object_id }) => object_id === objectId)?.brand ?? '';

export const jacketsOf = (brand: string) =>
  PRODUCTS.filter((product) => product.brand === brand && product.category === 'jacket').map(
    ({ object_id }) => object_id,
  );

const DAY_MS = 86_400_000;

/** The shopper bought all there is of one brand; forty others bought a bit of everything. */
export function purchases(now: number): [id: string, event: object][] {
  const own = PRODUCTS.filter(({ brand }) => brand === SHOPPER.brand).map((product) => [
    SHOPPER.user,
    product,
  ]);
  const others = PRODUCTS.flatMap((product, n) =>
    [0, 1, 2, 3].map((round) => [`u${(7 * n + 11 * round) % 40}`, product]),
  );
  return ([...own, ...others] as [string, ShopProduct][]).map(([user_id, { object_id }], n) => [
    `e${n}`,
    {
      action_name: 'purchase',
      timestamp: new Date(now - ((n % 20) + 1) * DAY_MS).toISOString(),
      user_id,
      session_id: `${user_id}-${n % 20}`,
      event_attributes: { object: { object_id } },
    },
  ]);
}
