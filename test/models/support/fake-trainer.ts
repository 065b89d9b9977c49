// A trainer that publishes one tiny profile and a population, at once or when told to; everything around it is real.
import { KindredError } from '../../../src/core/errors.js';
import { notJudged, type Quality } from '../../../src/core/model/quality-verdict.js';
import type { Train, TrainingRun } from '../../../src/core/model/training-run.js';
import { individualId, populationId } from '../../../src/core/profile/profile.js';
import type { EngineClient } from '../../../src/engine/client/client.js';
import { createProfileIndex } from '../../../src/engine/indices/bootstrap.js';

/** A verdict that holds a version back. */
export const WORSE: Quality = {
  verdict: 'worse',
  summary: 'worse than without personalization: by much',
  measured: null,
};
const NOT_JUDGED = notJudged('a tiny profile proves nothing');

export function createFakeTrainer(engine: EngineClient) {
  const runs: TrainingRun[] = [];
  let gate: Promise<void> = Promise.resolve();
  let failure: Error | undefined;
  let quality = NOT_JUDGED;

  const train: Train = async (run) => {
    runs.push(run);
    run.onProgress?.({ stage: 'read events', percent: 10 });
    const stopped = new Promise<never>((_, reject) =>
      run.signal?.addEventListener('abort', () => reject(new KindredError('aborted', 'stopped'))),
    );
    await Promise.race([gate, stopped]);
    if (failure) throw failure;
    const profileIndex = `kindred-profiles-${run.model.id}-${run.version}`;
    await createProfileIndex(engine, profileIndex);
    const profile = { kind: 'individual', key: 'u1', cohort: null, people: 1, events: 2, scopes: [] };
    const population = { ...profile, kind: 'population', key: 'all' };
    await engine.put(profileIndex, populationId(null), population);
    await engine.put(profileIndex, individualId('u1'), profile, { refresh: true });
    return {
      profileIndex,
      multiValuedFields: ['color'],
      people: 1,
      events: 2,
      eventsRead: 0,
      unknownProducts: 0,
      profiles: 2,
      asOf: '2026-01-06T12:00:00.000Z',
      quality,
      notes: [],
      seconds: {
        'read events': 0,
        'read catalog': 0,
        'compute affinities': 0,
        'judge quality': 0,
        'publish profiles': 0,
        check: 0,
      },
    };
  };

  return {
    train,
    runs,
    /** Trainings wait until the returned function is called. */
    block(): () => void {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    reset() {
      runs.length = 0;
      gate = Promise.resolve();
      failure = undefined;
      quality = NOT_JUDGED;
    },
    /** The next trainings are judged like this. */
    judge(found: Quality) {
      quality = found;
    },
    /** The next trainings fail; undefined lets them work again. */
    fail(error: Error | undefined) {
      failure = error;
    },
  };
}
