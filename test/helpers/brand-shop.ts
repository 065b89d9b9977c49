// The shop of tests without an engine: a model on `brand`, and profiles of those who prefer some brands.
import type { z } from 'zod';
import { type ActiveModel, type Model, modelSchema } from '../../src/core/model/model.js';
import type { ProfileDocument } from '../../src/core/profile/profile.js';
import type { ReadRequestProfilesInput } from '../../src/profiles/request-profiles.js';
import { readInTime } from './search-context.js';

/** A model on `brand` alone, for views alone. */
export function brandModel(changes: Partial<z.input<typeof modelSchema>> = {}): Model {
  return modelSchema.parse({
    id: 'm',
    name: 'M',
    globalAffinityFields: [{ field: 'brand', weight: 100 }],
    eventWeights: [{ event: 'view', weight: 100 }],
    ...changes,
  });
}

/** Version 1 of a model, in service. */
export function activeModel(model: Model = brandModel()): ActiveModel {
  return { model, version: 1, profileIndex: 'profiles', multiValuedFields: [] };
}

export type BrandValues = readonly (readonly [brand: string, x: number])[];

/** A profile of one field, with the same values in each of the scopes. */
export function brandProfile(
  kind: ProfileDocument['kind'],
  key: string,
  brands: BrandValues,
  scopes: readonly (string | null)[] = [null],
): ProfileDocument {
  const values = brands.map(([brand, x]): [string, number] => [brand, x]);
  const total = values.reduce((sum, [, x]) => sum + x, 0);
  return {
    kind,
    key,
    people: 1,
    events: 1,
    scopes: scopes.map((category) => ({ category, fields: [{ field: 'brand', total, values }] })),
  };
}

/** Reads profiles from memory; `asked` takes the ids of every read. */
export function readFrom(documents: ReadonlyMap<string, ProfileDocument>, asked: string[][] = []) {
  return async (_index: string, ids: readonly string[]) => {
    asked.push([...ids]);
    return ids.map((id) => documents.get(id) ?? null);
  };
}

/** The profiles of a request, which must have been read. */
export async function mustRead(input: ReadRequestProfilesInput) {
  const profiles = await readInTime({ deadlineMs: 60_000, ...input });
  if (typeof profiles === 'string') throw new Error(profiles);
  return profiles;
}
