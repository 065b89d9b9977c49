// `kindred train`: one training run of a model through its life cycle, with a progress bar.
import { Command } from 'commander';
import { KindredError } from '../core/errors.js';
import { formatCount } from '../core/format-count.js';
import { connectEngine } from '../engine/client/connect-engine.js';
import { ensureDefaultModel } from '../models/lifecycle/ensure-default-model.js';
import { createServices } from '../server/create-services.js';
import { readSettings } from '../server/settings/settings.js';
import { qualityLines, trainModel } from '../server/train-model.js';
import { untilStopped } from '../server/until-stopped.js';
import { withProgress } from '../terminal/progress.js';

interface TrainOptions {
  readonly model: string;
  readonly from?: string;
  readonly activate?: boolean;
}

const ACTOR = 'cli';

export function trainCommand(): Command {
  return new Command('train')
    .requiredOption('--model <id>', 'the model to train')
    .option('--from <dir>', 'read a dataset directory instead of the event and catalog indices')
    .option('--activate', 'save and activate the new version, unless it is judged worse')
    .addHelpText(
      'after',
      '\nThe cluster comes from ELASTICSEARCH_URL. Ctrl-C cancels, and leaves nothing\nbehind.',
    )
    .action(train);
}

async function train({ model, from, activate }: TrainOptions): Promise<void> {
  const settings = readSettings(process.env);
  const { url, credential } = settings.engine;
  if (url === null)
    throw new KindredError(
      'no-engine',
      'ELASTICSEARCH_URL is not set: name the cluster that holds the models.',
    );
  const engine = await connectEngine({ url, ...credential });
  try {
    const services = await createServices(engine, settings);
    const { lifecycle } = services;
    const [catalog] = settings.catalogs;
    // So that a first training needs no running proxy.
    if (catalog) await ensureDefaultModel({ ...services, catalog });
    void untilStopped().then(() => lifecycle.close());
    const { version, notes, quality } = await withProgress(
      { label: `training ${model}`, total: 100 },
      (update) =>
        trainModel(lifecycle, model, {
          actor: ACTOR,
          from,
          onProgress: ({ stage, percent }) => update(percent, stage),
        }),
    );
    for (const note of notes) process.stderr.write(`${note}\n`);
    process.stdout.write(`${qualityLines(quality)}\n`);
    if (activate) {
      if (quality?.verdict === 'worse')
        throw new KindredError(
          'quality-worse',
          `${model}@${version} is worse, so it is trained but not activated: change the model and train again, ` +
            'or save it and activate it with ?force=true through the API.',
        );
      await lifecycle.save(model, ACTOR);
      await lifecycle.activate(model, ACTOR);
    }
    const [{ people, events } = { people: 0, events: 0 }] = await lifecycle.versions(model);
    process.stdout.write(
      `${model}@${version} ${activate ? 'is active' : 'is trained; save and activate it next'}: ` +
        `${formatCount(people, 'person', 'people')}, ${formatCount(events, 'event')}\n`,
    );
  } finally {
    await engine.close();
  }
}
