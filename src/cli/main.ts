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
  .version('0.1.0')
  .showHelpAfterError('(add --help for what it takes)');
for (const command of [serveCommand, trainCommand, loadCommand, simulateCommand, engineCommand, demoCommand])
  program.addCommand(command());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof KindredError)) throw error;
  process.stderr.write(`kindred: ${error.message}\n`);
  process.exitCode = 1;
}
