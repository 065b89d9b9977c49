// Optional members, as `exactOptionalPropertyTypes` wants them: there with a value, or not there.

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** A copy without the members that are undefined. */
export function defined<T extends object>(record: T): Defined<T> {
  const copy: Defined<T> = {};
  for (const key in record) if (record[key] !== undefined) copy[key] = record[key] as Defined<T>[typeof key];
  return copy;
}
