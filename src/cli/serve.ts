// `kindred serve`: the proxy and the admin listener, in one process or several.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';

const MAX_WORKERS = 256;

export function serveCommand(): Command {
  return new Command('serve')
    .option(
      '--workers <count>',
      'processes that answer searches and take events: a number, or "cores" for one per core; with 1 everything is one process',
      parseWorkers,
      1,
    )
    .addHelpText('after', '\nEvery other setting comes from the environment: see docs/settings.md.')
    .action(async ({ workers }: { readonly workers: number }) => {
      // A worker does not train: it loads half as much.
      if (cluster.isWorker) await (await import('../server/workers/run-worker.js')).runWorker();
      else await (await import('../server/serve.js')).serve(workers);
    });
}

function parseWorkers(text: string): number {
  const count = text === 'cores' ? availableParallelism() : Number(text);
  if (/^(cores|\d+)$/.test(text) && count >= 1 && count <= MAX_WORKERS) return count;
  throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_WORKERS}, or "cores".`);
}
