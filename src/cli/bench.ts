// `kindred bench`: what personalization costs on this machine, beside its targets, in one run.
import { Command, InvalidArgumentError, Option } from 'commander';
import { benchTable } from '../bench/report/bench-table.js';
import { PARTS, type Part, runBench } from '../bench/run-bench.js';
import type { EngineKind } from '../core/engine-kind.js';
import { parseCount } from './arguments.js';
import { runInterruptible } from './interruptible.js';

interface Options {
  readonly engine: EngineKind;
  readonly only: readonly Part[];
  readonly products: number;
  readonly events: number;
  readonly requests: number;
  readonly quick?: boolean;
  readonly dataset?: string;
  readonly json?: boolean;
}

/** The narrow search matches this many. */
const MIN_PRODUCTS = 2_000;

export function benchCommand(): Command {
  return new Command('bench')
    .addOption(
      new Option('--engine <engine>', 'which engine to start')
        .choices(['elasticsearch', 'opensearch'])
        .default('elasticsearch'),
    )
    .addOption(
      new Option('--only <parts>', `comma-separated: ${PARTS.join(', ')}`)
        .argParser(parseParts)
        .default(PARTS.slice(0, -1), 'all but window'),
    )
    .option('--products <n>', 'of the catalog that is searched, 2,000 or more', parseProducts, 1_000_000)
    .option('--events <n>', 'of the log that is trained on', parseCount, 10_000_000)
    .option('--requests <n>', 'through the proxy while its memory is watched', parseCount, 50_000)
    .option('--dataset <dir>', 'of the window study; without it Complete Journey (35 MB download)')
    .option('--quick', 'a tenth of the rounds and seconds: for a first look, as figures vary more')
    .option('--json', 'print JSON instead of tables')
    .addHelpText(
      'after',
      '\nIt starts an engine of its own and leaves the one at ELASTICSEARCH_URL alone, as it\nwrites indices and activates a model. What it made goes with it.',
    )
    .action(bench);
}

function bench(options: Options): Promise<void> {
  return runInterruptible(async (cleanUp, signal) => {
    const report = await runBench(options, cleanUp, signal);
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : benchTable(report));
  });
}

function parseParts(text: string): Part[] {
  const names = text.split(',').map((part) => part.trim());
  const unknown = names.find((part) => !PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new InvalidArgumentError(`It must be some of ${PARTS.join(', ')}.`);
  return PARTS.filter((part) => names.includes(part));
}

function parseProducts(text: string): number {
  const products = parseCount(text);
  if (products < MIN_PRODUCTS) throw new InvalidArgumentError(`It must be ${MIN_PRODUCTS} or more.`);
  return products;
}
