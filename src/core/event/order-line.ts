// How many pieces of a product an event is about.
const NUMBER = /^\d{1,15}(?:\.\d{1,15})?$/;

/** A number above 0, also one that is written as text; undefined for anything else. */
export function quantityOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : undefined;
}
