// The states of a model in words, with the step that comes next.
import type { ModelState } from '../../../contract/model.js';

export const STATE_WORDS: Readonly<Record<ModelState, { readonly label: string; readonly means: string }>> = {
  draft: {
    label: 'Draft',
    means: 'Edited since the last training. Train it to bring the edits into effect.',
  },
  training: { label: 'Training', means: 'Being trained. What serves goes on serving.' },
  trained: { label: 'Trained', means: 'Look at its quality, then save the version.' },
  saved: { label: 'Saved', means: 'Ready to be activated at any time.' },
  active: { label: 'Active', means: 'Serves your shoppers.' },
};
