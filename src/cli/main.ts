// The command line: one file for each command; errors become one line and an exit code.
import { Command } from 'commander';
import { KindredError } from '../core/errors.js';
import { VERSION } from '../server/version.js';

type Build = () => Promise<() => Command>;

/** Only the command that runs is loaded: the engines' clients and DuckDB take most of a second. */
const COMMANDS: readonly [name: string, description: string, build: Build][] = [
  ['serve', 'run the proxy and the admin listener', async () => (await import('./serve.js')).serveCommand],
  [
    'train',
    'train a model: read events, compute affinities, publish profiles',
    async () => (await import('./train.js')).trainCommand,
  ],
  [
    'load',
    'load a dataset directory: catalog, events and customers',
    async () => (await import('./load.js')).loadCommand,
  ],
  [
    'simulate',
    'make up a shop of any size in the dataset format, with planted preferences beside it',
    async () => (await import('./simulate.js')).simulateCommand,
  ],
  [
    'evaluate',
    'train on the past of a dataset and judge rankings by what users did next',
    async () => (await import('./evaluate.js')).evaluateCommand,
  ],
  [
    'bench',
    'measure what personalization costs on this machine, beside its targets',
    async () => (await import('./bench.js')).benchCommand,
  ],
  ['engine', 'search engines for development', async () => (await import('./engine.js')).engineCommand],
  [
    'demo',
    'load a shop, train on it, and show the same search with and without personalization',
    async () => (await import('./demo.js')).demoCommand,
  ],
];

const program = new Command('kindred')
  .description('Search personalization proxy for Elasticsearch and OpenSearch')
  .version(VERSION);
for (const [name, description, build] of COMMANDS) {
  const isRun = process.argv.slice(2).includes(name);
  program.addCommand((isRun ? (await build())() : new Command(name)).description(description));
}
hintAtHelp(program);
for (const stream of [process.stdout, process.stderr]) stream.on('error', endUnlessUnread);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof KindredError || isRefusedBySystem(error))) throw error;
  process.stderr.write(`kindred: ${error.message}\n`);
  process.exitCode = 1;
}

/** Set on every command: commander does not pass this setting down to commands that were created separately. */
function hintAtHelp(command: Command): void {
  command.showHelpAfterError('(add --help for what it takes)');
  for (const sub of command.commands) hintAtHelp(sub);
}

/** No such folder, no permission, disk full: the message names what was tried and where; a stack adds nothing. */
function isRefusedBySystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** The reader of the output has ended (`| head`): the work goes on, so that what it opened is closed at its end. */
function endUnlessUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
