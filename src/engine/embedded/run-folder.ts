// The folder of one run of an engine: data, configuration, temporary files. It is removed when the run ends.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KindredError } from '../../core/errors.js';
import type { Distribution } from './distribution.js';
import { giveToRunUser, isRoot, reachableByAll } from './run-user.js';

export interface RunFolder {
  readonly path: string;
  readonly config: string;
  readonly temporary: string;
  /** the engine writes its addresses here when it listens */
  readonly portFile: string;
}

export interface RunFolderOptions {
  readonly cacheDir: string;
  readonly home: string;
  /** 0: any free one */
  readonly port: number;
  readonly heap: string;
  readonly shortLived: boolean;
  /** keeps the data beyond the run */
  readonly dataDir?: string;
}

/** @throws KindredError `data-dir` when the user the engine runs as could not reach the data folder */
export async function prepareRunFolder(
  distribution: Distribution,
  options: RunFolderOptions,
): Promise<RunFolder> {
  if (options.dataDir) await openDataDir(options.dataDir);
  const runs = join(options.cacheDir, 'runs');
  await mkdir(runs, { recursive: true });
  await giveToRunUser(runs);
  const path = await mkdtemp(join(runs, `${distribution.kind}-`));
  try {
    return await fill(path, distribution, options);
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
}

async function fill(path: string, distribution: Distribution, options: RunFolderOptions): Promise<RunFolder> {
  const config = join(path, 'config');
  const logs = join(path, 'logs');
  const temporary = join(path, 'tmp');
  const data = options.dataDir ? join(options.dataDir, distribution.kind) : join(path, 'data');
  for (const folder of [config, logs, temporary, data]) await mkdir(folder, { recursive: true });

  const files = {
    [`${distribution.kind}.yml`]: settings(distribution, options.port, data, logs),
    'jvm.options': await jvmOptions(options),
    'log4j2.properties': LOGGING,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(config, name), text);
  const written = Object.keys(files).map((name) => join(config, name));
  await giveToRunUser(path, config, logs, temporary, data, ...written);
  return { path, config, temporary, portFile: join(logs, 'http.ports') };
}

async function openDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  if (isRoot() && !(await reachableByAll(dataDir)))
    throw new KindredError(
      'data-dir',
      `The engine does not run as root and cannot reach ${dataDir}: choose a folder that other users may enter.`,
    );
}

function settings(distribution: Distribution, port: number, data: string, logs: string): string {
  const all = {
    'cluster.name': 'kindred',
    'node.name': 'kindred',
    'discovery.type': 'single-node',
    'network.host': '127.0.0.1',
    'http.port': port,
    'transport.port': 0,
    'node.portsfile': true,
    'path.data': data,
    'path.logs': logs,
    // A development machine may be nearly full; the engine would refuse to write.
    'cluster.routing.allocation.disk.threshold_enabled': false,
    ...distribution.settings,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('');
}

/** The distribution's own options, with the heap asked for and without those that write files outside the run folder. */
async function jvmOptions({ home, heap, shortLived }: RunFolderOptions): Promise<string> {
  const own = await readFile(join(home, 'config', 'jvm.options'), 'utf8');
  const kept = own.split('\n').filter((line) => line && !/^#|-Xm[sx]|[Ll]og|HeapDump|ErrorFile/.test(line));
  // The optimizing compiler pays off with long work, such as a demo's 1.46 million purchases; on short work it only costs.
  const compiler = shortLived ? ['-XX:TieredStopAtLevel=1'] : [];
  return [...kept, ...compiler, `-Xms${heap}`, `-Xmx${heap}`, '-XX:+ErrorFileToStdout', ''].join('\n');
}

/** Everything goes to the console, which is the one log file. */
const LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;
