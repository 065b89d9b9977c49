// Presets of a model: impact and product strengths for a merchandiser's goal (docs/model/README.md, "Presets").
import type { Model } from './model.js';

export const PRESET_IDS = ['balanced', 'buy_again', 'discovery'] as const;

export type PresetId = (typeof PRESET_IDS)[number];

/** The settings that a preset sets; all others stay as they are. */
export type PresetSettings = Pick<Model, 'products' | 'impact'>;

export interface Preset {
  readonly name: string;
  /** for merchandisers */
  readonly description: string;
  readonly settings: PresetSettings;
}

/** Measured on Complete Journey's development half: docs/measurements.md. */
export const PRESETS: Readonly<Record<PresetId, Preset>> = {
  balanced: {
    name: 'Balanced',
    description: 'Brings back what people bought and shows new products they may like; the default.',
    settings: { products: { buyAgain: 40, related: 25 }, impact: 50 },
  },
  buy_again: {
    name: 'Buy again',
    description: 'What people bought before comes first: for groceries and everything else that runs out.',
    settings: { products: { buyAgain: 80, related: 25 }, impact: 75 },
  },
  discovery: {
    name: 'Discovery',
    description:
      'Shows new products that go with what people have; what they bought before is not raised by itself.',
    settings: { products: { buyAgain: 0, related: 80 }, impact: 25 },
  },
};
