// Reading parsed JSON, whose types nobody has checked, as the engines read it.

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Member names and positions in lists, from the outside in; empty for the value itself. */
export type Path = readonly (string | number)[];

/** What is at `path` inside a value; undefined where there is nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, step) => {
    if (Array.isArray(found)) return typeof step === 'number' ? found[step] : undefined;
    return isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }, value);
}

/** A clause or a list of clauses, as a list: the engine takes `must: {…}` for `must: [{…}]`. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** A count of hits: the engines take `"size": "24"` and `2.0` too. NaN when it is none. */
export function readCount(value: unknown, whenAbsent: number): number {
  if (value === undefined) return whenAbsent;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : Number.NaN;
}
