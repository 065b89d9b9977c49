// An engine of our own on this machine: downloaded once, on loopback only, gone with its parent.
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KindredError } from '../../core/errors.js';
import type { EngineKind } from '../client.js';
import { openCacheDir } from './cache-dir.js';
import { checkPort } from './check-port.js';
import { DISTRIBUTIONS, type Distribution } from './distribution.js';
import type { Environment } from './environment.js';
import { findJava, OLDEST_JAVA } from './find-java.js';
import { installEngine } from './install-engine.js';
import { newLogFile } from './log-file.js';
import { type OnProgress, withProgress } from './progress.js';
import { prepareRunFolder, type RunFolder } from './run-folder.js';
import { runUser } from './run-user.js';
import { type SupervisedServer, supervise } from './supervise.js';
import { whenReady } from './when-ready.js';

/** Slow machines take a minute; one that takes longer has a problem worth reading about. */
const START_MS = 180_000;

export interface EmbeddedEngineOptions {
  readonly engine: EngineKind;
  /** see `defaultCacheDir` */
  readonly cacheDir: string;
  readonly env: Environment;
  /** a free one when absent */
  readonly port?: number;
  /** keeps the data here; else they go with the engine */
  readonly dataDir?: string;
  /** of the Java process, e.g. `512m`; default `1g` */
  readonly heap?: string;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal;
}

export interface EmbeddedEngine {
  readonly engine: EngineKind;
  readonly version: string;
  readonly url: string;
  readonly logFile: string;
  /** resolves when the engine is gone, asked to or not */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Resolves when the engine takes requests.
 * @throws KindredError `no-java`, `no-maven`, `engine-download`, `port-in-use`, `reserved-port`, `engine-heap`,
 *   `data-dir`, `engine-start` (with the telling line of the log and its path), `cancelled`
 */
export async function startEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const { engine, env, onProgress, signal, port = 0, heap = '1g', dataDir } = options;
  const distribution = DISTRIBUTIONS[engine];
  if (!/^[1-9]\d*[mg]$/i.test(heap))
    throw new KindredError('engine-heap', `Heap "${heap}" is not a size: write for example 512m or 2g.`);
  await checkPort(port);
  const java = await requireJava(distribution, env);
  const cacheDir = await openCacheDir(options.cacheDir);
  const home = await installEngine(distribution, { cacheDir, env, onProgress, signal });
  const run = await prepareRunFolder(distribution, { cacheDir, home, port, heap, dataDir });
  const logFile = await newLogFile(cacheDir, engine);
  const server = await start({ distribution, java, home, run, env, logFile });
  try {
    const text = `starting ${distribution.label} ${distribution.version}`;
    const address = () => listeningAt(run.portFile);
    const { label } = distribution;
    const ready = whenReady({ server, address, timeoutMs: START_MS, label, logFile, signal });
    const url = await withProgress(text, onProgress, ready);
    const { version } = distribution;
    return { engine, version, url, logFile, ended: server.ended, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The engine writes `address:port` lines into this file when it listens. */
async function listeningAt(portFile: string): Promise<string | null> {
  const text = await readFile(portFile, 'utf8').catch(() => '');
  const port = /^127\.0\.0\.1:(\d+)$/m.exec(text)?.[1];
  return port ? `http://127.0.0.1:${port}` : null;
}

async function requireJava({ label, version }: Distribution, env: Environment): Promise<string> {
  const java = await findJava(env);
  if (java) return java;
  throw new KindredError(
    'no-java',
    `${label} ${version} needs Java ${OLDEST_JAVA} or newer: install one, or set ES_JAVA_HOME to where it is.`,
  );
}

async function start(what: {
  distribution: Distribution;
  java: string;
  home: string;
  run: RunFolder;
  env: Environment;
  logFile: string;
}): Promise<SupervisedServer> {
  const { distribution, java, home, run, env, logFile } = what;
  const log = await open(logFile, 'w').catch(async (error: unknown) => {
    await rm(run.path, { recursive: true, force: true });
    throw error;
  });
  try {
    return supervise({
      command: join(home, 'bin', distribution.kind),
      args: [],
      // Nothing of ours: no secrets, no Java options meant for other programs.
      env: {
        PATH: `${env.PATH ?? ''}:/usr/bin:/bin`,
        HOME: run.path,
        [`${distribution.variables}_JAVA_HOME`]: java,
        [`${distribution.variables}_PATH_CONF`]: run.config,
        [`${distribution.variables}_TMPDIR`]: run.temporary,
      },
      log: log.fd,
      user: runUser(),
      runFolder: run.path,
    });
  } finally {
    await log.close();
  }
}
