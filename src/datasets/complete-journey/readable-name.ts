// Turns the shouted, abbreviated product types of a till into words that a shop would print and users would search.

/** Abbreviation → word, as they occur in Complete Journey's product types and categories. */
const WORDS: Readonly<Record<string, string>> = {
  BKFD: 'baked food',
  BRD: 'bread',
  BRKFST: 'breakfast',
  BTL: 'bottle',
  CARB: 'carbonated',
  CATFD: 'cat food',
  CHICK: 'chicken',
  CHIX: 'chicken',
  CHOC: 'chocolate',
  CHOCOCLATE: 'chocolate',
  CNTRL: 'control',
  CRMD: 'creamed',
  DEOD: 'deodorant',
  DNR: 'dinner',
  DNRS: 'dinners',
  DOGFD: 'dog food',
  DRNK: 'drink',
  DRNKS: 'drinks',
  DRSNG: 'dressing',
  FD: 'food',
  FEM: 'feminine',
  FLVR: 'flavor',
  FLVRD: 'flavored',
  FRZ: 'frozen',
  FRZN: 'frozen',
  GDS: 'goods',
  GRND: 'ground',
  HYGN: 'hygiene',
  INCL: 'including',
  JCE: 'juice',
  LIQ: 'liquid',
  MISC: 'miscellaneous',
  MIXS: 'mixes',
  MLT: 'multi',
  MXS: 'mixes',
  PK: 'pack',
  PKG: 'package',
  PKGD: 'packaged',
  PNT: 'peanut',
  BTR: 'butter',
  PREM: 'premium',
  PREP: 'prepared',
  PWDR: 'powder',
  REFRGRATD: 'refrigerated',
  REFRIG: 'refrigerated',
  SALD: 'salad',
  SAUS: 'sausage',
  SFT: 'soft',
  SGL: 'single',
  SHERBTS: 'sherbets',
  SNDWCH: 'sandwich',
  SNGL: 'single',
  SPLY: 'supply',
  SPRD: 'spread',
  SRV: 'serve',
  SS: 'single serve',
  STK: 'stick',
  SUP: 'super',
  SV: 'serve',
  SW: 'sweet',
  SWEETNERS: 'sweeteners',
  SYRP: 'syrup',
  TISS: 'tissue',
  TORT: 'tortilla',
  VEG: 'vegetables',
  WHL: 'whole',
  WHLSM: 'wholesome',
  WTR: 'water',
};

/**
 * `SFT DRNK SNGL SRV BTL CARB (EX` → `Soft Drink Single Serve Bottle Carbonated`.
 * A bracket the source cut off and a trailing `NOT MULTI-PACKS` are dropped, abbreviations are written out,
 * words are capitalised.
 */
export function readableName(text: string): string {
  return text
    .replace(/\([^)]*$| NOT MULTI-PACKS?$/, '')
    .replace(/\s*&\s*/g, ' & ')
    .replace(/([A-Z]+)\.?/g, (word, letters: string) => (letters in WORDS ? `${WORDS[letters]} ` : word))
    .replace(/\s+/g, ' ')
    .replace(/ ([:,])/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/(^|[\s/:&(-])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/**
 * What a product of this type is called: the type, and its category where one word alone says too little
 * (`Premium – Bacon`). Null when both are.
 */
export function typeName(type: string | null, category: string | null): string | null {
  if (type === null) return category && readableName(category);
  const name = readableName(type);
  if (category === null || /\s/.test(name)) return name;
  const kind = readableName(category);
  const stem = name.toLowerCase().replace(/(ies|es|s|y)$/, '');
  return kind.toLowerCase().includes(stem) ? name : `${name} – ${kind}`;
}
