// `kindred evaluate`: how good rankings would have been, offline, compared with the baselines.
import { Command, Option } from 'commander';
import type { EngineKind } from '../core/engine-kind.js';
import { KindredError } from '../core/errors.js';
import { PRESET_IDS, PRESETS, type PresetId } from '../core/model/presets.js';
import type { EngineClient } from '../engine/client/client.js';
import { connectEngine } from '../engine/client/connect-engine.js';
import { defaultCacheDir } from '../engine/embedded/cache-dir.js';
import { chooseEngine } from '../engine/embedded/choose-engine.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { EvaluationTask } from '../evaluation/evaluation.js';
import { evaluationTable } from '../evaluation/evaluation-table.js';
import type { CleanUp } from '../server/clean-up.js';
import { withProgress } from '../terminal/progress.js';
import { parseDay, parseEventCount } from './arguments.js';
import { readModel, readUsers } from './evaluate-files.js';
import { runInterruptible } from './interruptible.js';

interface Options {
  readonly dataset: string;
  readonly cut: number;
  readonly until: number;
  readonly users?: string;
  readonly history?: number;
  readonly task: EvaluationTask;
  readonly model?: string;
  readonly preset?: PresetId;
  readonly excludeCategory: readonly string[];
  readonly engine?: EngineKind;
  readonly json?: boolean;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('train on the past of a dataset and judge rankings by what users did next')
    .requiredOption('--dataset <dir>', 'a directory in the dataset format')
    .requiredOption('--cut <day>', 'train on events before this day (YYYY-MM-DD, UTC)', parseDay)
    .requiredOption('--until <day>', 'judge events from the cut to before this day', parseDay)
    .option('--users <file>', 'judge only these users, one user_id a line')
    .option('--history <n>', 'of each of them, train on their last n events only', parseEventCount)
    .addOption(
      new Option('--task <task>', 'what a category is asked for, or the next click of a session')
        .choices(['category', 'session'])
        .default('category'),
    )
    .option('--model <file>', 'a model as JSON; without it the default model of the dataset')
    .addOption(
      new Option('--preset <name>', 'the default model with this preset')
        .choices([...PRESET_IDS])
        .conflicts('model'),
    )
    .option('--exclude-category <word...>', 'leave out categories whose name has one of these words', [
      'coupon',
      'fuel',
      'miscellaneous',
    ])
    .addOption(
      new Option(
        '--engine <engine>',
        'start one with the catalog, and ask it for products by their own names',
      ).choices(['elasticsearch', 'opensearch']),
    )
    .option('--json', 'print JSON instead of tables')
    .addHelpText(
      'after',
      '\nWithout --engine none is needed. One at ELASTICSEARCH_URL is left alone either way.',
    )
    .action((options: Options) =>
      options.engine
        ? runInterruptible((cleanUp, signal) => runEvaluation(options, { cleanUp, signal }))
        : runEvaluation(options),
    );
}

interface Interruptible {
  readonly cleanUp: CleanUp;
  readonly signal: AbortSignal;
}

async function runEvaluation(options: Options, interruptible?: Interruptible): Promise<void> {
  const { dataset, cut, until, task, preset, excludeCategory, json } = options;
  if (until <= cut) throw new KindredError('bad-days', '--until must be a later day than --cut');
  const users = options.users === undefined ? null : await readUsers(options.users);
  const { history } = options;
  if (history !== undefined && !users)
    throw new KindredError('bad-history', '--history needs --users: everybody else trains in full');
  const given = options.model === undefined ? null : await readModel(options.model);
  const engine = options.engine && interruptible && (await startEngine(options.engine, interruptible));
  const { evaluation, model } = await withProgress({ label: 'evaluate', total: 100 }, (update) =>
    evaluate({
      dataset,
      task,
      cut,
      until,
      users,
      history,
      model: given,
      preset: preset && PRESETS[preset].settings,
      excluded: excludeCategory,
      engine,
      onProgress(share, stage) {
        interruptible?.signal.throwIfAborted();
        update(100 * share, stage);
      },
    }),
  );
  process.stdout.write(
    json ? `${JSON.stringify(evaluation, rounded, 2)}\n` : `\n${evaluationTable(evaluation, model)}`,
  );
}

/** Always one of its own: an index is written. */
async function startEngine(engine: EngineKind, { cleanUp, signal }: Interruptible): Promise<EngineClient> {
  const onProgress = (line: string) => process.stderr.write(`${line}\n`);
  const cacheDir = defaultCacheDir(process.env);
  const started = await chooseEngine({ engine, cacheDir, env: process.env, onProgress, signal });
  cleanUp.add(started.stop);
  const client = await connectEngine({ url: started.url });
  cleanUp.add(client.close);
  return client;
}

/** To six decimals: more than any interval tells. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(6)) : value;
}
