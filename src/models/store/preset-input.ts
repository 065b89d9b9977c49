// A new model that starts from a preset: what is not given comes from the preset and from the default model.
import { z } from 'zod';
import { presetIdSchema } from '../../contract/preset.js';
import type { Model } from '../../core/model/model.js';
import { PRESETS } from '../../core/model/presets.js';
import { parseContent } from '../../core/parse-content.js';

const askedSchema = z.looseObject({ preset: presetIdSchema });

/**
 * Settings that are given win, strength by strength; `preset` itself is not kept.
 * @param base the default model: its fields, events and groups are taken when it is of the same catalog
 * @returns what a model's input is without a preset
 * @throws KindredError `invalid-content` (422) for a preset there is not
 */
export function fromPreset(input: unknown, base: Model | undefined): unknown {
  if (typeof input !== 'object' || input === null || !('preset' in input)) return input;
  const { preset, ...given } = parseContent(askedSchema, input, 'model');
  const { products, impact } = PRESETS[preset].settings;
  const { id: _, name: __, kind: ___, ...shared } = base ?? {};
  const fits = base !== undefined && (given.catalog ?? base.catalog) === base.catalog;
  const own = given.products === undefined ? {} : given.products;
  return {
    ...(fits && shared),
    impact,
    ...given,
    // What is no object is left to the model's own check.
    products: typeof own === 'object' && own && !Array.isArray(own) ? { ...products, ...own } : own,
  };
}
