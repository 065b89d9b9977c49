// `kindred engine start`: an embedded engine for development, in the foreground.
import { Argument, Command } from 'commander';
import type { EngineKind } from '../core/engine-kind.js';
import { KindredError } from '../core/errors.js';
import { defaultCacheDir } from '../engine/embedded/cache-dir.js';
import { startEmbeddedEngine } from '../engine/embedded/start-embedded-engine.js';
import { untilStopped } from '../server/until-stopped.js';

interface StartOptions {
  readonly port: number;
  readonly data?: string;
  readonly heap: string;
}

export function engineCommand(): Command {
  const start = new Command('start')
    .description('download (once) and run a search engine for development, on loopback only, until Ctrl-C')
    .addArgument(new Argument('<engine>', 'which one').choices(['elasticsearch', 'opensearch']))
    .option('--port <port>', 'where it listens; 0 takes any free one', parsePort, 9200)
    .option('--data <dir>', 'keep its data in this folder; without it they go with the engine')
    .option('--heap <size>', 'memory of its Java process, e.g. 512m', '1g')
    .action(runEngine);
  return new Command('engine').addCommand(start);
}

async function runEngine(engine: EngineKind, { port, data, heap }: StartOptions): Promise<void> {
  const stop = new AbortController();
  const stopped = untilStopped().then(() => stop.abort());
  const running = await startEmbeddedEngine({
    engine,
    port,
    heap,
    dataDir: data,
    cacheDir: defaultCacheDir(process.env),
    env: process.env,
    onProgress: (text) => process.stderr.write(`${text}\n`),
    signal: stop.signal,
  });
  process.stdout.write(`engine ${running.url}\n`);
  process.stderr.write(`${engine} ${running.version}, log ${running.logFile}; Ctrl-C stops it\n`);
  await Promise.race([stopped, running.ended]);
  if (!stop.signal.aborted)
    throw new KindredError('engine-ended', `The engine ended by itself (log: ${running.logFile}).`);
  await running.stop();
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new KindredError('invalid-port', `"${text}" is not a port: write a number from 0 to 65535.`);
}
