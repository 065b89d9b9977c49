// The index definitions of `mappings/*.json`, a folder at the same path from the sources and from the compiled code.
import { readFile } from 'node:fs/promises';

/** Indices that every start creates where they are missing. `kindred-profiles` is a pattern for one index per trained version. */
export const BOOTSTRAPPED = [
  'kindred-models',
  'kindred-settings',
  'kindred-rules',
  'kindred-audit',
  'ubi_events',
  'ubi_queries',
] as const;

export type MappingName = (typeof BOOTSTRAPPED)[number] | 'kindred-profiles';

export interface IndexDefinition {
  readonly settings: object;
  readonly mappings: { readonly _meta: { readonly kindred: { readonly version: number } } };
}

export async function readMapping(name: MappingName): Promise<IndexDefinition> {
  return JSON.parse(await readFile(new URL(`../../../mappings/${name}.json`, import.meta.url), 'utf8'));
}
