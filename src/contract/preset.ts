// /api/presets: starting points for a new model.
import { z } from 'zod';
import { modelSchema } from '../core/model/model.js';
import { PRESET_IDS } from '../core/model/presets.js';

export const presetIdSchema = z.enum(PRESET_IDS, { error: `must be one of ${PRESET_IDS.join(', ')}` });

const presetSchema = z.strictObject({
  id: presetIdSchema,
  name: z.string(),
  description: z.string(),
  settings: z.strictObject({
    products: modelSchema.shape.products,
    impact: modelSchema.shape.impact,
  }),
});

export const presetListSchema = z.strictObject({ presets: z.array(presetSchema) });

export type Preset = z.infer<typeof presetSchema>;
export type PresetList = z.infer<typeof presetListSchema>;
