// Bands of number fields: the value `10..20` is every number from 10 to below 20 (docs/profiles.md, "Bands of numbers").

/** A band's numbers; an end that is absent is open. */
export interface NumberRange {
  readonly gte?: number;
  readonly lt?: number;
}

/** Bands of a field in one scope, by their text. */
export type NumberBands = ReadonlyMap<string, NumberRange>;

/** Bands of a field in one scope. */
export const MAX_NUMBER_BANDS = 8;

/** `..10`, `10..20`, `20..`: what the trainer's `values.sql` writes. */
export function parseBand(text: string): NumberRange {
  const [lower = '', upper = ''] = text.split('..');
  return { ...(lower !== '' && { gte: Number(lower) }), ...(upper !== '' && { lt: Number(upper) }) };
}

/** Whether a number, given as text, is in a band; text that is no finite number is in none. */
function isInBand(number: string, { gte, lt }: NumberRange): boolean {
  const value = Number(number);
  return Number.isFinite(value) && (gte === undefined || value >= gte) && (lt === undefined || value < lt);
}

/** The bands that a product's numbers fall into; numbers outside of all bands have none. */
export function bandsOf(numbers: readonly string[], bands: NumberBands): string[] {
  return [...bands].flatMap(([band, range]) =>
    numbers.some((number) => isInBand(number, range)) ? [band] : [],
  );
}
