// The command line: one command a file; errors end as one line and an exit code.
import { Command } from 'commander';
import { KindredError } from '../core/errors.js';
import { demoCommand } from './demo.js';
import { engineCommand } from './engine.js';
import { loadCommand } from './load.js';
import { serveCommand } from './serve.js';
import { simulateCommand } from './simulate.js';
import { trainCommand } from './train.js';

const program = new Command('kindred')
  .description('Search personalization proxy for Elasticsearch and OpenSearch')
  .version('0.1.0');
for (const command of [serveCommand, trainCommand, loadCommand, simulateCommand, engineCommand, demoCommand])
  program.addCommand(command());
hintAtHelp(program);

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
