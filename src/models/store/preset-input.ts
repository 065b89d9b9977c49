// A new model that starts from a preset: settings that are not sent come from the preset and from the default model.
import { z } from 'zod';
import { presetIdSchema } from '../../contract/preset.js';
import type { Model } from '../../core/model/model.js';
import { PRESETS } from '../../core/model/presets.js';
import { parseContent } from '../../core/parse-content.js';

const presetInputSchema = z.looseObject({ preset: presetIdSchema });

/**
 * Settings that are sent win, strength by strength; `preset` itself is not stored.
 * @param base the default model: its fields, events and groups are taken when it is of the same catalog
 * @returns the input of a model without a preset
 * @throws KindredError `invalid-content` (422) for an unknown preset
 */
export function fromPreset(input: unknown, base: Model | undefined): unknown {
  if (typeof input !== 'object' || input === null || !('preset' in input)) return input;
  const { preset, ...sent } = parseContent(presetInputSchema, input, 'model');
  const { products, impact } = PRESETS[preset].settings;
  const { id: _, name: __, kind: ___, ...shared } = base ?? {};
  const sameCatalog = base !== undefined && (sent.catalog ?? base.catalog) === base.catalog;
  const own = sent.products === undefined ? {} : sent.products;
  return {
    ...(sameCatalog && shared),
    impact,
    ...sent,
    // Anything but an object is refused by the model's own check.
    products: typeof own === 'object' && own && !Array.isArray(own) ? { ...products, ...own } : own,
  };
}
