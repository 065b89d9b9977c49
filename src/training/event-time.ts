// Times of stored events: whatever a `date` mapping accepts by default, as milliseconds since the epoch.

/** Text without a zone is UTC, as the engines read it. Null where there is no time in it. */
export function eventTime(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  if (/^-?\d{5,}$/.test(value)) return Number(value);
  const zoned = /(z|[+-]\d\d:?\d\d)$/i.test(value) || !value.includes('T');
  const time = Date.parse(zoned ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time;
}
