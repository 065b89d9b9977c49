// `kindred load`: a dataset directory into the engine.
import { Command, Option } from 'commander';
import { indexNameSchema } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import { formatCount } from '../core/format-count.js';
import { type LoadResult, loadDataset } from '../datasets/load/load-dataset.js';
import { connectEngine } from '../engine/client/connect-engine.js';
import { engineSettings } from '../server/settings/settings.js';
import { withPartProgress } from '../terminal/progress.js';

interface Options {
  readonly dataset: string;
  readonly index: string;
  readonly shiftTo?: 'now';
  readonly replace?: boolean;
}

export function loadCommand(): Command {
  return new Command('load')
    .requiredOption('--dataset <dir>', 'a directory in the dataset format')
    .requiredOption('--index <name>', 'catalog index; customers go to <name>-customers')
    .addOption(
      new Option(
        '--shift-to <when>',
        'move all events by whole weeks so that the newest is this week',
      ).choices(['now']),
    )
    .option('--replace', 'drop a catalog index of this name that holds something else')
    .addHelpText(
      'after',
      '\nThe cluster comes from ELASTICSEARCH_URL. Loading the same dataset again changes\nnothing.',
    )
    .action(load);
}

async function load({ dataset, index, shiftTo, replace }: Options): Promise<void> {
  const { error } = indexNameSchema.safeParse(index);
  if (error) throw new KindredError('index-name', `"${index}" ${error.issues[0]?.message}`);
  const { url, credential } = engineSettings(process.env);
  if (url === null)
    throw new KindredError('no-engine', 'ELASTICSEARCH_URL is not set: name the cluster to load into.');
  const engine = await connectEngine({ url, ...credential });
  try {
    const result = await withPartProgress('load', (onProgress) =>
      loadDataset({
        engine,
        dataset,
        index,
        replace,
        shiftTo: shiftTo && Date.now(),
        onProgress,
      }),
    );
    process.stdout.write(`${index}: ${summary(result)}\n`);
  } finally {
    await engine.close();
  }
}

/** What was loaded, and what was not. */
function summary(result: LoadResult): string {
  const { products, customers, events, unknownProducts, incomplete, shiftedWeeks, seconds } = result;
  return [
    formatCount(products, 'product'),
    formatCount(customers, 'customer'),
    `${formatCount(events, 'event')} in ${seconds.toFixed(1)} s`,
    ...(shiftedWeeks === 0 ? [] : [`moved by ${formatCount(shiftedWeeks, 'week')}`]),
    ...(unknownProducts === 0
      ? []
      : [`skipped ${formatCount(unknownProducts, 'event')} on unknown products`]),
    ...(incomplete === 0
      ? []
      : [`skipped ${formatCount(incomplete, 'event')} without time, action or product`]),
  ].join(', ');
}
