// Starts an engine on this machine: downloaded once, listening on loopback only, ended with this process.
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import { openCacheDir } from './cache-dir.js';
import { DISTRIBUTIONS, type Distribution } from './distribution.js';
import type { Environment } from './environment.js';
import { findJava, MIN_JAVA } from './find-java.js';
import { installEngine } from './install-engine.js';
import { newLogFile } from './log-file.js';
import { checkPort } from './ports.js';
import { type OnProgress, reportProgress } from './progress.js';
import { runServer } from './run-server.js';
import { waitUntilReady } from './wait-until-ready.js';

/** Slow machines take a minute; one that takes longer has a problem that its log tells. */
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
  /** for little work, as in tests: its code is compiled quickly, and not optimized for long use */
  readonly shortLived?: boolean;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal;
}

export interface EmbeddedEngine {
  readonly engine: EngineKind;
  readonly version: string;
  readonly url: string;
  readonly logFile: string;
  /** resolves when the engine has ended, by `stop` or by itself */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Resolves when the engine takes requests.
 * @throws KindredError `no-java`, `no-maven`, `engine-download`, `port-in-use`, `reserved-port`, `engine-heap`,
 *   `data-dir`, `engine-start` (with the line of the log that tells why, and its path), `cancelled`
 */
export async function startEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const { engine, env, onProgress, signal, port = 0, heap = '1g', dataDir, shortLived = false } = options;
  const distribution = DISTRIBUTIONS[engine];
  if (!/^[1-9]\d*[mg]$/i.test(heap))
    throw new KindredError('engine-heap', `Heap "${heap}" is not a size: write for example 512m or 2g.`);
  await checkPort(port);
  const java = await requireJava(distribution, env);
  const cacheDir = await openCacheDir(options.cacheDir);
  const home = await installEngine(distribution, { cacheDir, env, onProgress, signal });
  const logFile = await newLogFile(cacheDir, engine);
  const run = { java, home, cacheDir, port, heap, shortLived, dataDir, env, logFile };
  const server = await runServer(distribution, run);
  try {
    const { label, version } = distribution;
    const ready = waitUntilReady({
      server,
      address: server.address,
      timeoutMs: START_MS,
      label,
      logFile,
      signal,
    });
    const url = await reportProgress(`starting ${label} ${version}`, onProgress, ready);
    return { engine, version, url, logFile, ended: server.ended, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function requireJava({ label, version }: Distribution, env: Environment): Promise<string> {
  const java = await findJava(env);
  if (java) return java;
  throw new KindredError(
    'no-java',
    `${label} ${version} needs Java ${MIN_JAVA} or newer: install one, or set ES_JAVA_HOME to where it is.`,
  );
}
