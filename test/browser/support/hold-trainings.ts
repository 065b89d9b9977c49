// The real trainer, behind a gate: what can be seen of a training only while it runs is seen at leisure.
import { KindredError } from '../../../src/core/errors.js';
import type { Train } from '../../../src/core/model/training-run.js';
import { createQualityGate } from '../../../src/evaluation/quality-gate/quality-gate.js';
import { createLifecycle } from '../../../src/models/lifecycle/lifecycle.js';
import type { Services } from '../../../src/server/create-services.js';
import { createTrainer } from '../../../src/training/trainer.js';

interface Held extends Omit<Services, 'lifecycle' | 'schedules'> {
  /** asked at the start of every training */
  readonly waiting: () => Promise<void>;
}

export function holdTrainings({ waiting, ...services }: Held): Pick<Services, 'lifecycle'> {
  const { engine } = services;
  const real = createTrainer({ engine, judge: createQualityGate() });
  const train: Train = async (run) => {
    run.onProgress?.({ stage: 'read events', percent: 10 });
    await Promise.race([waiting(), stopped(run.signal)]);
    return real(run);
  };
  return { lifecycle: createLifecycle({ ...services, train }) };
}

function stopped(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal?.reason ?? new KindredError('training-cancelled', 'cancelled'));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop);
  });
}
