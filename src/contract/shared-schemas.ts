// Parts that several answers of the admin API share: times, version numbers, findings, limits of lists.
import { z } from 'zod';

export const dateTime = z.iso.datetime();
export const versionNumber = z.int().min(1);

/** What is wrong, or worth knowing, about one place in an input; `path` is dotted. */
export const findingSchema = z.strictObject({ path: z.string(), message: z.string() });

/** A query parameter that limits a list. */
export function limitSchema(max: number, initial = 50) {
  return z.coerce.number().int().min(1).max(max).default(initial);
}

/** Read-only at every level; `object` where a schema takes any members. */
export type ReadonlyDeep<T> = T extends object
  ? [string, Record<string, unknown>] extends [keyof T, T]
    ? object
    : { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
  : T;

/** Of everything that each catalog has its own of. */
export const catalogQuery = z.object({
  catalog: z.string().optional().describe('name of the catalog; default: the first configured one'),
});
