// The command line: one command a file; errors end as one line and an exit code.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { KindredError } from '../core/errors.js';
import { demoCommand } from './demo.js';
import { engineCommand } from './engine.js';
import { loadCommand } from './load.js';
import { serveCommand } from './serve.js';
import { simulateCommand } from './simulate.js';
import { trainCommand } from './train.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

const program = new Command('kindred')
  .description('Search personalization proxy for Elasticsearch and OpenSearch')
  .version(version);
for (const command of [serveCommand, trainCommand, loadCommand, simulateCommand, engineCommand, demoCommand])
  program.addCommand(command());
hintAtHelp(program);
for (const stream of [process.stdout, process.stderr]) stream.on('error', endUnlessUnread);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof KindredError || isRefusedBySystem(error))) throw error;
  process.stderr.write(`kindred: ${error.message}\n`);
  process.exitCode = 1;
}

/** Commander does not hand settings down to commands that were built apart. */
function hintAtHelp(command: Command): void {
  command.showHelpAfterError('(add --help for what it takes)');
  for (const sub of command.commands) hintAtHelp(sub);
}

/** No such folder, no permission, disk full: the message names what was tried and where; a stack adds nothing. */
function isRefusedBySystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Whoever read the output has left (`| head`): the work goes on, so that what it started is put away at its end. */
function endUnlessUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
