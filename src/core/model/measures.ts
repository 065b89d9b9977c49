// The measures of quality: one name for each, and what it asks, as the console, the terminal and the docs say them.

export interface Measure {
  /** in the middle of a sentence */
  readonly name: string;
  readonly asks: string;
}

/** By the name in stored qualities and in `kindred evaluate --json`. */
export const MEASURES = {
  ALL: {
    name: 'whatever they took',
    asks: 'How far up stand the products that people took, had before or not?',
  },
  NEW: {
    name: 'new products alone',
    asks: 'How far up stand those new to them, in a list without what they had?',
  },
  NEWFULL: {
    name: 'new products among all',
    asks: 'How far up stand those new to them, in the whole list, as they see it?',
  },
  NEXT: {
    name: 'the next click',
    asks: 'How far up stands the product that they clicked next in their session?',
  },
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof MEASURES;

/** Those that a training measures. */
export const TRAINING_MEASURES = ['ALL', 'NEW', 'NEWFULL'] as const satisfies readonly MeasureId[];
