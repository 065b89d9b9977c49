// Optional members, as `exactOptionalPropertyTypes` wants them: there with a value, or not there.

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** A copy without the members that are undefined. */
export function defined<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>;
}
