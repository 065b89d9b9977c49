// The words of the simulated shop: categories, invented brands, colours, sizes, and who its customers are.

export interface CategoryWords {
  readonly name: string;
  /** in every title of the category, and what users search for */
  readonly term: string;
  readonly kinds: readonly string[];
  readonly sizes: 'letters' | 'numbers';
  /** median price of a middling brand */
  readonly price: number;
}

export const CATEGORIES: readonly CategoryWords[] = [
  {
    name: 'shoes',
    term: 'shoes',
    kinds: ['running', 'canvas', 'suede', 'walking'],
    sizes: 'numbers',
    price: 70,
  },
  {
    name: 'shirts',
    term: 'shirt',
    kinds: ['oxford', 'linen', 'flannel', 'denim'],
    sizes: 'letters',
    price: 45,
  },
  { name: 't-shirts', term: 't-shirt', kinds: ['cotton', 'striped', 'pocket'], sizes: 'letters', price: 20 },
  {
    name: 'trousers',
    term: 'trousers',
    kinds: ['chino', 'cargo', 'linen', 'corduroy'],
    sizes: 'letters',
    price: 60,
  },
  {
    name: 'jackets',
    term: 'jacket',
    kinds: ['rain', 'denim', 'quilted', 'bomber'],
    sizes: 'letters',
    price: 120,
  },
  { name: 'boots', term: 'boots', kinds: ['ankle', 'hiking', 'rain'], sizes: 'numbers', price: 110 },
  { name: 'dresses', term: 'dress', kinds: ['summer', 'maxi', 'wrap', 'shirt'], sizes: 'letters', price: 75 },
  { name: 'knitwear', term: 'sweater', kinds: ['wool', 'hooded', 'cable'], sizes: 'letters', price: 55 },
  {
    name: 'sportswear',
    term: 'leggings',
    kinds: ['training', 'yoga', 'thermal'],
    sizes: 'letters',
    price: 40,
  },
  { name: 'bags', term: 'bag', kinds: ['shoulder', 'tote', 'messenger'], sizes: 'letters', price: 65 },
  { name: 'hats', term: 'hat', kinds: ['sun', 'bucket', 'felt'], sizes: 'letters', price: 25 },
  { name: 'watches', term: 'watch', kinds: ['dive', 'field', 'pilot'], sizes: 'numbers', price: 150 },
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
