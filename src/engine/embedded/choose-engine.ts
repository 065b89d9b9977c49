// Which engine to use: the one that is given, else an embedded one, else one in Docker.
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import { DISTRIBUTIONS } from './distribution.js';
import { type Environment, findCommand } from './environment.js';
import { findJava } from './find-java.js';
import { isInstalled } from './install-engine.js';
import type { OnProgress } from './progress.js';
import { startDockerEngine } from './start-docker-engine.js';
import { startEmbeddedEngine } from './start-embedded-engine.js';

export interface EngineChoice {
  /** of a running cluster */
  readonly url?: string;
  /** what to start where no URL is given */
  readonly engine: EngineKind;
  /** see `defaultCacheDir` */
  readonly cacheDir: string;
  readonly env: Environment;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal;
}

export interface ChosenEngine {
  readonly url: string;
  /** ends an engine that was started here; does nothing to a given one */
  stop(): Promise<void>;
}

/** @throws KindredError `no-engine` with the three ways to get one, else those of the launchers */
export async function chooseEngine(choice: EngineChoice): Promise<ChosenEngine> {
  const { url, engine, env, cacheDir } = choice;
  if (url) return { url, stop: async () => {} };
  const distribution = DISTRIBUTIONS[engine];
  const downloadable = isInstalled(distribution, cacheDir) || (await findCommand('mvn', env)) !== null;
  if (downloadable && (await findJava(env))) return startEmbeddedEngine(choice);
  if (await findCommand('docker', env)) return startDockerEngine(choice);
  throw new KindredError(
    'no-engine',
    `There is no engine to use: set ELASTICSEARCH_URL to a running one, or install Java 21 or newer and Maven so ` +
      `that ${distribution.label} is downloaded and started, or install Docker.`,
  );
}
