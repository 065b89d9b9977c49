// `kindred evaluate`: how good rankings would have been, offline, compared with the baselines.
import { Command, Option } from 'commander';
import { KindredError } from '../core/errors.js';
import { PRESET_IDS, PRESETS, type PresetId } from '../core/model/presets.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { EvaluationTask } from '../evaluation/evaluation.js';
import { evaluationTable } from '../evaluation/evaluation-table.js';
import { withProgress } from '../terminal/progress.js';
import { parseDay, parseEventCount } from './arguments.js';
import { readModel, readUsers } from './evaluate-files.js';

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
    .option('--json', 'print JSON instead of tables')
    .action(runEvaluation);
}

async function runEvaluation(options: Options): Promise<void> {
  const { dataset, cut, until, task, preset, excludeCategory, json } = options;
  if (until <= cut) throw new KindredError('bad-days', '--until must be a later day than --cut');
  const users = options.users === undefined ? null : await readUsers(options.users);
  const { history } = options;
  if (history !== undefined && !users)
    throw new KindredError('bad-history', '--history needs --users: everybody else trains in full');
  const given = options.model === undefined ? null : await readModel(options.model);
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
      onProgress: (share, stage) => update(100 * share, stage),
    }),
  );
  process.stdout.write(
    json ? `${JSON.stringify(evaluation, rounded, 2)}\n` : `\n${evaluationTable(evaluation, model)}`,
  );
}

/** To six decimals: more than any interval tells. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(6)) : value;
}
