// Counts of hits, as the engines read them.

/** The engines read `"size": "24"` and `2.0` as counts too. NaN when it is none. */
export function readCount(value: unknown, whenAbsent: number): number {
  if (value === undefined) return whenAbsent;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : Number.NaN;
}
