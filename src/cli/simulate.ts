// `kindred simulate`: a simulated shop in the dataset format.
import { Command } from 'commander';
import { formatCount } from '../core/format-count.js';
import { simulateShop } from '../datasets/simulate/simulate-shop.js';
import { withProgress } from '../terminal/progress.js';
import { parseCount } from './arguments.js';

interface Options {
  readonly users: number;
  readonly products: number;
  readonly events: number;
  readonly out: string;
  readonly seed: number;
  readonly days: number;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .requiredOption('--users <n>', 'how many users', parseCount)
    .requiredOption('--products <n>', 'how many products', parseCount)
    .requiredOption('--events <n>', 'how many events', parseCount)
    .requiredOption('--out <dir>', 'the dataset directory to make: absent or empty')
    .option('--seed <n>', 'the same seed gives the same shop', parseCount, 1)
    .option('--days <n>', 'how many days the events span', parseCount, 180)
    .action(async (options: Options) => {
      const begun = performance.now();
      await withProgress({ label: 'simulate', total: options.events, unit: 'events' }, (onProgress) =>
        simulateShop({ ...options, onProgress }),
      );
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      const sizes = [
        formatCount(options.users, 'user'),
        formatCount(options.products, 'product'),
        formatCount(options.events, 'event'),
      ];
      process.stdout.write(`${options.out}: ${sizes.join(', ')} in ${seconds} s\n`);
    });
}
