// The words of the simulated shop: categories, invented brands, colours, sizes, and who its customers are.

export interface CategoryWords {
  readonly name: string;
  readonly nouns: readonly string[];
  readonly sizes: 'letters' | 'numbers';
  /** median price of a middling brand */
  readonly price: number;
}

export const CATEGORIES: readonly CategoryWords[] = [
  { name: 'shoes', nouns: ['sneakers', 'running shoes', 'loafers', 'sandals'], sizes: 'numbers', price: 70 },
  { name: 'boots', nouns: ['ankle boots', 'hiking boots', 'rain boots'], sizes: 'numbers', price: 110 },
  {
    name: 'shirts',
    nouns: ['shirt', 'oxford shirt', 'linen shirt', 'flannel shirt'],
    sizes: 'letters',
    price: 45,
  },
  { name: 't-shirts', nouns: ['t-shirt', 'tank top', 'polo'], sizes: 'letters', price: 20 },
  { name: 'trousers', nouns: ['jeans', 'chinos', 'joggers', 'cargo trousers'], sizes: 'letters', price: 60 },
  { name: 'jackets', nouns: ['jacket', 'parka', 'blazer', 'rain jacket'], sizes: 'letters', price: 120 },
  {
    name: 'dresses',
    nouns: ['dress', 'summer dress', 'maxi dress', 'knit dress'],
    sizes: 'letters',
    price: 75,
  },
  { name: 'knitwear', nouns: ['sweater', 'cardigan', 'hoodie'], sizes: 'letters', price: 55 },
  { name: 'sportswear', nouns: ['leggings', 'training shorts', 'track jacket'], sizes: 'letters', price: 40 },
  { name: 'bags', nouns: ['backpack', 'tote bag', 'messenger bag'], sizes: 'letters', price: 65 },
  { name: 'hats', nouns: ['beanie', 'baseball cap', 'sun hat'], sizes: 'letters', price: 25 },
  { name: 'watches', nouns: ['watch', 'sports watch', 'dress watch'], sizes: 'numbers', price: 150 },
];

/** Invented; a small catalog has the first few only. */
export const BRANDS: readonly string[] = [
  'Nordvik',
  'Arlo',
  'Castell',
  'Brightway',
  'Mirano',
  'Tamsin',
  'Kestrel',
  'Okoro',
  'Velda',
  'Haldane',
  'Sorrel',
  'Pacewell',
];

export const COLORS: readonly string[] = ['black', 'white', 'blue', 'red', 'green', 'grey', 'brown', 'pink'];

export const LETTER_SIZES: readonly string[] = ['XS', 'S', 'M', 'L', 'XL'];
export const NUMBER_SIZES: readonly string[] = ['38', '39', '40', '41', '42'];
/** All sizes in one list: letters first. */
export const SIZES: readonly string[] = [...LETTER_SIZES, ...NUMBER_SIZES];

export const STYLES: readonly string[] = [
  'classic',
  'slim',
  'relaxed',
  'essential',
  'heritage',
  'urban',
  'light',
];
export const OCCASIONS: readonly string[] = ['everyday', 'office', 'outdoor', 'party', 'sport', 'travel'];

export const AGES: readonly string[] = ['18-24', '25-34', '35-44', '45-54', '55+'];
export const INCOMES: readonly string[] = ['low', 'middle', 'high'];
export const REGIONS: readonly string[] = ['north', 'east', 'south', 'west'];
