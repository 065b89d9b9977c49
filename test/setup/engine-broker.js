// Starts each engine once per test run, for the first test file that asks; test files run in several processes.
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { startBrowser } from './browser.js';
import { bringClientPackages } from './client-packages.js';
import { installedCommand } from './installed-command.js';
import { makeMemoryFolder } from './memory-folder.js';

const OTHERS = {
  redis: () => installedCommand('redis-server', 'redis-server'),
  browser: startBrowser,
  'client-packages': bringClientPackages,
};

/**
 * Answers `GET /elasticsearch` and `GET /opensearch` with the engine's URL as soon as it is ready, `GET /browser`
 * likewise with a browser's to connect to, `GET /redis` with the command that starts a Redis, and
 * `GET /client-packages` with where search clients for Python are.
 */
export async function startEngineBroker() {
  const running = new Map();

  const server = createServer(async (request, response) => {
    const kind = request.url.slice(1);
    if (!running.has(kind)) running.set(kind, OTHERS[kind]?.() ?? start(kind));
    try {
      const found = await running.get(kind);
      response.end(found.url ?? found);
    } catch (error) {
      response.writeHead(500).end(error.message);
    }
  });
  server.requestTimeout = 0;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      await Promise.allSettled([...running.values()].map(async (started) => (await started).stop?.()));
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The product's own launcher, as built: Jest does not transform what global setup imports. */
async function start(kind) {
  const { startEmbeddedEngine } = await import('../../dist/engine/embedded/start-embedded-engine.js').catch(
    (cause) => {
      throw new Error('Engine tests start engines with the built launcher: run "npm run build" first.', {
        cause,
      });
    },
  );
  const { defaultCacheDir } = await import('../../dist/engine/embedded/cache-dir.js');
  const dataDir = await makeMemoryFolder(kind);
  const removeData = async () => dataDir && rm(dataDir, { recursive: true, force: true });
  const engine = await startEmbeddedEngine({
    engine: kind,
    ...(dataDir && { dataDir }),
    cacheDir: defaultCacheDir(process.env),
    env: process.env,
    heap: '512m',
    shortLived: true,
    onProgress: (text) => process.stderr.write(`${text}\n`),
  }).catch(async (error) => {
    await removeData();
    throw error;
  });
  return {
    url: engine.url,
    async stop() {
      await engine.stop();
      await removeData();
    },
  };
}
