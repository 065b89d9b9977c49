// Runs `kindred serve` in a process of its own, in front of a given engine.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../engine/embedded/ports.js';
import { PROGRAM } from './child-process.js';
import { type RunningServer, startServer } from './server-process.js';

export interface RunningProxy extends RunningServer {
  readonly url: string;
  readonly serverKey: string;
  /** share of its searches that were personalized, of those that did not switch it off; null without any */
  applied(): Promise<number | null>;
}

/** Resolves when a model is active and the catalog is there. It gets none of this process's settings. */
export async function startProxy(engineUrl: string, core?: number): Promise<RunningProxy> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const serverKey = randomBytes(16).toString('hex');
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    name: 'kindred serve',
    command: () => [process.execPath, fileURLToPath(PROGRAM), 'serve'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ELASTICSEARCH_URL: engineUrl,
      KINDRED_SERVER_KEYS: serverKey,
      KINDRED_PROXY_HOST: '127.0.0.1',
      KINDRED_PROXY_PORT: String(port),
      KINDRED_ADMIN_PORT: String(adminPort),
      KINDRED_ARCHIVE_DIR: 'off',
      LOG_LEVEL: 'warn',
    },
    readyUrl: `${url}/readyz`,
    core,
  });
  const applied = async () => {
    const metrics = await fetch(`http://127.0.0.1:${adminPort}/metrics`);
    return appliedShare(await metrics.text());
  };
  return { ...server, url, serverKey, applied };
}

/** @param metrics in Prometheus' text format, of which `kindred_searches_total` is read */
export function appliedShare(metrics: string): number | null {
  const counts = [...metrics.matchAll(/^kindred_searches_total\{.*?reason="(.*?)".*?\} (\d+)$/gm)]
    .map(([, reason, count]) => ({ reason, count: Number(count) }))
    .filter(({ reason }) => reason !== 'off');
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return all === 0 ? null : (counts.find(({ reason }) => reason === '')?.count ?? 0) / all;
}
