// The simulated catalog, in typed arrays so that a million products stay small.
import { createRandom, normal, pick, pickWeighted, shuffle } from './random.js';
import {
  BRANDS,
  CATEGORIES,
  COLORS,
  LETTER_SIZES,
  NUMBER_SIZES,
  OCCASIONS,
  SIZES,
  STYLES,
} from './vocabulary.js';

/** Columns of one product each; values are positions in the vocabulary's lists. */
export interface SimulatedCatalog {
  readonly count: number;
  readonly brands: readonly string[];
  readonly categories: readonly string[];
  readonly colors: readonly string[];
  readonly category: Uint8Array;
  readonly brand: Uint8Array;
  readonly color: Uint8Array;
  readonly size: Uint8Array;
  /** Sizes of one design follow each other: its first product, and (there) how many sizes it comes in. */
  readonly design: Uint32Array;
  readonly sizes: Uint8Array;
  /** designs of each category, by their first product, most popular first */
  readonly ranking: readonly Uint32Array[];
}

/** Some categories, brands and colours have more products than others: the share of position i in a list. */
const mildSkew = (length: number) => Float64Array.from({ length }, (_, i) => 1 / (i + 4));

/** A small catalog has fewer categories, brands and colours, so that each still offers a choice. */
function vocabulary(count: number) {
  const some = <T>(all: readonly T[], min: number, wanted: number) =>
    all.slice(0, Math.max(min, Math.round(wanted)));
  return {
    kinds: some(CATEGORIES, 5, count / 300),
    brands: some(BRANDS, 5, Math.sqrt(count) / 8),
    colors: some(COLORS, 5, Math.sqrt(count) / 8),
  };
}

export function simulateCatalog(seed: number, count: number): SimulatedCatalog {
  const random = createRandom(seed, 1);
  const { kinds, brands, colors } = vocabulary(count);
  const [category, brand, color, size, sizes] = Array.from({ length: 5 }, () => new Uint8Array(count));
  if (!category || !brand || !color || !size || !sizes) throw new RangeError('unreachable');
  const design = new Uint32Array(count);
  const [kindShare, brandShare, colorShare] = [kinds, brands, colors].map(({ length }) => mildSkew(length));
  const designs: number[][] = kinds.map(() => []);
  for (let first = 0; first < count; ) {
    const kind = pickWeighted(random, kindShare ?? []);
    // First every brand in every colour, so that every preference finds something in every category; then at random.
    const made = designs[kind]?.length ?? 0;
    const complete = made >= brands.length * colors.length;
    const itsBrand = complete ? pickWeighted(random, brandShare ?? []) : made % brands.length;
    const round = Math.floor(made / brands.length);
    const itsColor = complete ? pickWeighted(random, colorShare ?? []) : (itsBrand + round) % colors.length;
    const [firstSize, variants] = sizeRange(kind);
    const inSizes = Math.min(variants, count - first);
    for (let variant = 0; variant < inSizes; variant++) {
      const product = first + variant;
      category[product] = kind;
      brand[product] = itsBrand;
      color[product] = itsColor;
      size[product] = firstSize + variant;
      design[product] = first;
    }
    sizes[first] = inSizes;
    designs[kind]?.push(first);
    first += inSizes;
  }
  const ranking = designs.map((products) => {
    const ranked = Uint32Array.from(products);
    shuffle(random, ranked);
    return ranked;
  });
  return {
    count,
    brands,
    colors,
    categories: kinds.map(({ name }) => name),
    category,
    brand,
    color,
    size,
    design,
    sizes,
    ranking,
  };
}

/** The first size of a category and how many there are. */
function sizeRange(kind: number): [number, number] {
  return CATEGORIES[kind]?.sizes === 'numbers'
    ? [LETTER_SIZES.length, NUMBER_SIZES.length]
    : [0, LETTER_SIZES.length];
}

/** What only the catalog file needs: the words and the price, alike for all sizes of a design. */
export function describeProduct(seed: number, catalog: SimulatedCatalog, product: number) {
  const random = createRandom(seed, 2, catalog.design[product] ?? 0);
  const words = CATEGORIES[catalog.category[product] ?? 0];
  const position = catalog.brand[product] ?? 0;
  const brand = catalog.brands[position] ?? '';
  const color = catalog.colors[catalog.color[product] ?? 0] ?? '';
  const size = SIZES[catalog.size[product] ?? 0] ?? '';
  const name = [brand, pick(random, STYLES), color, pick(random, words?.kinds ?? []), words?.term].join(' ');
  // Later brands in the list are dearer: what incomes are about.
  const tier = 0.6 + (1.2 * position) / catalog.brands.length;
  return {
    title: `${name} ${size}`,
    category: words?.name ?? '',
    brand,
    color,
    size,
    occasions: OCCASIONS.filter(() => random() < 0.3),
    price: Math.max(1, Math.round((words?.price ?? 50) * tier * Math.exp(0.3 * normal(random)))) - 0.01,
    onSale: random() < 0.15,
  };
}
