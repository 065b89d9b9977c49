// The merchandiser's part of the demo: train the default model, save it, activate it.

import { heldOutWords } from '../cli/held-out-words.js';
import type { TrainingStatus } from '../contract/training.js';
import { KindredError } from '../core/errors.js';
import type { Services } from '../server/create-services.js';
import { createProgress } from '../terminal/progress.js';

const MODEL = 'default';
const ACTOR = 'cli';

/** Goes through the life cycle, as the API does. @returns seconds of the training run, and its quality in words */
export async function trainAndActivate({
  lifecycle,
}: Services): Promise<{ readonly seconds: number; readonly quality: string }> {
  const begun = performance.now();
  const progress = createProgress('training', 100);
  let status: TrainingStatus;
  try {
    const { finished } = await lifecycle.start(MODEL, {
      actor: ACTOR,
      onProgress: ({ stage, percent }) => progress.update(percent, stage),
    });
    status = await finished;
  } finally {
    progress.stop();
  }
  const { state, error, quality } = status;
  if (state !== 'completed')
    throw new KindredError('demo-training', error ?? 'the training did not complete');
  const seconds = (performance.now() - begun) / 1000;
  await lifecycle.save(MODEL, ACTOR);
  await lifecycle.activate(MODEL, ACTOR);
  return { seconds, quality: heldOutWords(quality) };
}
