// `kindred demo`: the whole chain on one machine, from an engine to personalized results, in one command.
import { Command, Option } from 'commander';
import type { EngineKind } from '../core/engine-kind.js';
import { runDemo } from '../demo/run-demo.js';
import { runInterruptible } from './interruptible.js';

interface Options {
  readonly once?: boolean;
  readonly data: string;
  readonly engine: EngineKind;
}

export function demoCommand(): Command {
  return new Command('demo')
    .option('--once', 'print the tables and exit')
    .addOption(
      new Option('--data <shop>', 'journey: real households (35 MB download); simulated: made up')
        .choices(['journey', 'simulated'])
        .default('journey'),
    )
    .addOption(
      new Option('--engine <engine>', 'which engine to start when ELASTICSEARCH_URL is not set')
        .choices(['elasticsearch', 'opensearch'])
        .default('elasticsearch'),
    )
    .action(({ data, engine, once = false }: Options) =>
      runInterruptible((cleanUp, signal) => runDemo({ data, engine, once }, cleanUp, signal), {
        keepOpen: !once,
      }),
    );
}
