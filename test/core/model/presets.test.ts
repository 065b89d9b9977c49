// Presets are settings a model may have, and the default model is the balanced one.
import { expect, test } from '@jest/globals';
import { defaultModel } from '../../../src/core/model/default-model.js';
import { modelSchema } from '../../../src/core/model/model.js';
import { PRESET_IDS, PRESETS } from '../../../src/core/model/presets.js';

const base = defaultModel({ catalog: 'products', fields: ['brand'], attributes: [], actions: [] });

test.each(PRESET_IDS)('%s makes a model', (id) => {
  expect(modelSchema.parse({ ...base, ...PRESETS[id].settings })).toMatchObject(PRESETS[id].settings);
});

test('the default model is balanced', () => {
  expect(modelSchema.parse(base)).toMatchObject(PRESETS.balanced.settings);
});
