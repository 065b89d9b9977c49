// The process of a measured training: `training-process.js DATASET SPILL [ENGINE_URL]`; prints time and memory as JSON.
import { defaultModel } from '../../core/model/default-model.js';
import { type Model, modelSchema } from '../../core/model/model.js';
import { openDuckDb } from '../../duckdb/duckdb.js';
import { createSqlSteps, type SqlSteps } from '../../duckdb/sql-steps.js';
import { connectEngine } from '../../engine/client/connect-engine.js';
import { createProgress, type Progress } from '../../terminal/progress.js';
import { type AffinitySummary, computeAffinities } from '../../training/affinities/compute-affinities.js';
import { profileDocuments } from '../../training/publish/profile-documents.js';
import { publishProfiles, withNewProfileIndex } from '../../training/publish/publish-profiles.js';
import { openDatasetSource } from '../../training/sources/dataset-source.js';
import { windowOf } from '../../training/sources/training-window.js';
import { endWithParent } from '../processes/child-process.js';
import type { TrainingResult } from './training-part.js';

/** Of no other model: `kindred-profiles-bench-1` is created and deleted. */
const MODEL = 'bench';

const done = endWithParent();
const [dataset = '', tempDirectory = '', engineUrl] = process.argv.slice(2);
const progress = createProgress('train', 100);
const database = await openDuckDb({ tempDirectory });
try {
  const steps = createSqlSteps(database.connection);
  process.stdout.write(JSON.stringify(await measure(steps, progress)));
} finally {
  progress.stop();
  await database.close();
}
done();

async function measure(steps: SqlSteps, { update }: Progress): Promise<TrainingResult> {
  const begun = performance.now();
  const source = await openDatasetSource(steps, dataset);
  const survey = await source.survey();
  const model = fullModel(survey.seen.map(({ action }) => action));
  const window = windowOf(model, survey, Date.now());
  const summary = await computeAffinities(steps, source, model, window, (share) =>
    update(100 * share, 'compute affinities'),
  );
  const seconds = (performance.now() - begun) / 1000;
  return {
    events: survey.seen.reduce((sum, { events }) => sum + events, 0),
    people: summary.users,
    seconds,
    peak_mib: Math.round(process.resourceUsage().maxRSS / 1024),
    published: engineUrl === undefined ? null : await publish(steps, summary, engineUrl),
  };
}

/** A model that needs every step of training, with three fields: product boosts, related products, cohorts. */
function fullModel(actions: readonly string[]): Model {
  const fields = ['brand', 'color', 'size'];
  return modelSchema.parse(
    defaultModel({ catalog: 'products', fields, attributes: ['age', 'income'], actions }),
  );
}

async function publish(steps: SqlSteps, summary: AffinitySummary, url: string) {
  const engine = await connectEngine({ url });
  try {
    const begun = performance.now();
    return await withNewProfileIndex(engine, MODEL, 1, async (index) => {
      const { documents } = await publishProfiles(engine, index, profileDocuments(steps, summary), {});
      const seconds = (performance.now() - begun) / 1000;
      await engine.deleteIndex(index);
      return { documents, seconds, per_s: Math.round(documents / seconds) };
    });
  } finally {
    await engine.close();
  }
}
