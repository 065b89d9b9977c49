// `kindred bench`: what personalization costs on this machine, beside its targets, in one run.

import { Command, InvalidArgumentError, Option } from 'commander';
import { benchTable } from '../bench/report/table.js';
import { PARTS, type Part, runBench } from '../bench/run-bench.js';
import type { EngineKind } from '../core/engine-kind.js';
import { createCleanUp } from '../server/clean-up.js';
import { untilStopped } from '../server/until-stopped.js';
import { parseCount } from './parse-count.js';

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

/** What shells expect of a command that Ctrl-C ended before its work was done. */
const INTERRUPTED = 130;
/** The narrow search matches so many. */
const FEWEST_PRODUCTS = 2_000;

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

async function bench(options: Options): Promise<void> {
  const cleanUp = createCleanUp();
  const stop = new AbortController();
  const running = runBench(options, cleanUp, stop.signal);
  // Stopped half-way, what is under way fails as its ground is put away; that is not news.
  running.catch(() => {});
  try {
    const report = await Promise.race([running, untilStopped().then(() => null)]);
    if (report === null) process.exitCode = INTERRUPTED;
    else process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : benchTable(report));
  } finally {
    stop.abort();
    await cleanUp.run();
    await running.catch(() => {});
    // What was opened meanwhile.
    await cleanUp.run();
  }
}

function parseParts(text: string): Part[] {
  const asked = text.split(',').map((part) => part.trim());
  const unknown = asked.find((part) => !PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new InvalidArgumentError(`It must be some of ${PARTS.join(', ')}.`);
  return PARTS.filter((part) => asked.includes(part));
}

function parseProducts(text: string): number {
  const products = parseCount(text);
  if (products < FEWEST_PRODUCTS) throw new InvalidArgumentError(`It must be ${FEWEST_PRODUCTS} or more.`);
  return products;
}
