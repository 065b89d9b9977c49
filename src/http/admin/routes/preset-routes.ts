// /api/presets: starting points for a new model.
import { presetListSchema } from '../../../contract/preset.js';
import { PRESET_IDS, PRESETS } from '../../../core/model/presets.js';
import { type AdminRoute, route } from '../admin-route.js';

export function presetRoutes(): AdminRoute[] {
  return [
    route({
      method: 'get',
      path: '/presets',
      summary: 'What a new model can start from',
      answer: presetListSchema,
      handle: async () => ({ body: { presets: PRESET_IDS.map((id) => ({ id, ...PRESETS[id] })) } }),
    }),
  ];
}
