// Starts the full image of an engine in Docker: listening on loopback only, ended with this process.
import { open } from 'node:fs/promises';
import { openCacheDir } from './cache-dir.js';
import { DISTRIBUTIONS } from './distribution.js';
import { newLogFile } from './log-file.js';
import { freePort } from './ports.js';
import { reportProgress } from './progress.js';
import type { EmbeddedEngine, EmbeddedEngineOptions } from './start-embedded-engine.js';
import { supervise } from './supervise.js';
import { waitUntilReady } from './wait-until-ready.js';

/** The first start downloads the image. */
const START_MS = 15 * 60_000;

const IMAGES = {
  elasticsearch: { image: 'elasticsearch', settings: ['xpack.security.enabled=false'], heap: 'ES_JAVA_OPTS' },
  opensearch: {
    image: 'opensearchproject/opensearch',
    settings: ['DISABLE_SECURITY_PLUGIN=true', 'DISABLE_INSTALL_DEMO_CONFIG=true'],
    heap: 'OPENSEARCH_JAVA_OPTS',
  },
} as const;

/** @throws KindredError `engine-start` with what Docker said, `cancelled` */
export async function startDockerEngine(
  options: Pick<EmbeddedEngineOptions, 'engine' | 'cacheDir' | 'env' | 'onProgress' | 'signal'>,
): Promise<EmbeddedEngine> {
  const { engine, env, signal } = options;
  const { label, version } = DISTRIBUTIONS[engine];
  const { image, settings, heap } = IMAGES[engine];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const variables = ['discovery.type=single-node', ...settings, `${heap}=-Xms1g -Xmx1g`];
  const logFile = await newLogFile(await openCacheDir(options.cacheDir), `docker-${engine}`);
  const log = await open(logFile, 'w');
  const server = supervise({
    command: 'docker',
    args: [
      ...['run', '--rm', '--publish', `127.0.0.1:${port}:9200`],
      ...variables.flatMap((variable) => ['--env', variable]),
      `${image}:${version}`,
    ],
    env,
    log: log.fd,
    runFolder: '',
  });
  await log.close();
  try {
    const ready = waitUntilReady({
      server,
      address: async () => url,
      timeoutMs: START_MS,
      label,
      logFile,
      signal,
    });
    await reportProgress(`starting ${label} ${version} in Docker`, options.onProgress, ready);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { engine, version, url, logFile, ended: server.ended, stop: server.stop };
}
