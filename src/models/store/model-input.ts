// Turns a model as it is sent into what the model schema takes: ids, kinds and read-only keys.
import { z } from 'zod';
import { READ_ONLY_KEYS } from '../../contract/model.js';
import { presetIdSchema } from '../../contract/preset.js';
import { type Model, modelIdFromName } from '../../core/model/model.js';
import { PRESETS } from '../../core/model/presets.js';
import { invalidContent, parseContent } from '../../core/parse-content.js';

/**
 * @param existing the model that is being replaced: its `id`, `kind` and `catalog` stay
 * @returns `raw` for the model schema; `derivedId` when the id came from the name
 * @throws KindredError `invalid-content` (422) when one of them would change
 */
export function modelInput(input: unknown, existing?: Model): { raw: unknown; derivedId: boolean } {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { raw: input, derivedId: false };
  const raw: Record<string, unknown> = { ...input };
  for (const key of READ_ONLY_KEYS) delete raw[key];
  if (existing) {
    const errors = (['id', 'kind', 'catalog'] as const)
      .filter((key) => raw[key] !== undefined && raw[key] !== existing[key])
      .map((key) => ({ path: key, message: `cannot be changed; it is "${existing[key]}"` }));
    if (errors.length > 0) throw invalidContent('model', errors);
    const { id, kind, catalog } = existing;
    return { raw: { ...raw, id, kind, catalog }, derivedId: false };
  }
  if (raw.id !== undefined || typeof raw.name !== 'string') return { raw, derivedId: false };
  return { raw: { ...raw, id: modelIdFromName(raw.name) }, derivedId: true };
}

/** The id, or the first of `id_2`, `id_3`… that no other model has; within the 40 characters of an id. */
export function freeId(id: string, others: readonly Pick<Model, 'id'>[]): string {
  const taken = new Set(others.map((other) => other.id));
  let candidate = id;
  for (let n = 2; taken.has(candidate); n += 1) candidate = `${id.slice(0, 37)}_${n}`;
  return candidate;
}

const presetInputSchema = z.looseObject({ preset: presetIdSchema });

/**
 * Settings that are sent win, strength by strength; `preset` itself is not stored.
 * @param records all models: fields, events and groups are those of the catalog's default model
 * @returns the input of a model without a preset
 * @throws KindredError `invalid-content` (422) for an unknown preset
 */
export function fromPreset(input: unknown, records: readonly { readonly model: Model }[]): unknown {
  if (typeof input !== 'object' || input === null || !('preset' in input)) return input;
  const { preset, ...sent } = parseContent(presetInputSchema, input, 'model');
  const { products, impact } = PRESETS[preset].settings;
  const defaults = records.map(({ model }) => model).filter(({ kind }) => kind === 'default');
  const base = defaults.find(({ catalog }) => sent.catalog === undefined || sent.catalog === catalog);
  const { id: _, name: __, kind: ___, ...shared } = base ?? {};
  const own = sent.products === undefined ? {} : sent.products;
  return {
    ...shared,
    impact,
    ...sent,
    // Anything but an object is refused by the model's own check.
    products: typeof own === 'object' && own && !Array.isArray(own) ? { ...products, ...own } : own,
  };
}
