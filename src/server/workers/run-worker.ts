// A worker of `serve --workers`: the proxy listener alone, until the primary says stop or is gone.
import { KindredError } from '../../core/errors.js';
import { connectEngine } from '../../engine/client/connect-engine.js';
import { createAudit } from '../../models/store/audit.js';
import { createModelStore } from '../../models/store/model-store.js';
import type { Channel } from '../../sessions/ipc-calls.js';
import { type CleanUp, createCleanUp } from '../clean-up.js';
import { serveLog } from '../serve-log.js';
import { openWorkerState } from '../shared-state.js';
import { startProxy } from '../start-proxy.js';
import { type FromPrimary, type FromWorker, isFromPrimary, primaryChannel, type Start } from './messages.js';
import { createWorkerReporter } from './worker-reporter.js';

/**
 * Ends when it is told to stop, or gets SIGTERM, after finishing its requests. Node ends a worker at once whose primary
 * is gone.
 */
export async function runWorker(): Promise<void> {
  // Ctrl-C reaches every process of a terminal: the primary says when to stop.
  process.on('SIGINT', () => {});
  const channel = primaryChannel();
  const send = (message: FromWorker) => channel.send(message);
  const stopped = new Promise<null>((resolve) => {
    process.once('SIGTERM', () => resolve(null));
    onMessage(channel, 'stop', () => resolve(null));
  });
  const cleanUp = createCleanUp();
  try {
    const started = new Promise<Start>((resolve) => {
      onMessage(channel, 'start', ({ start }) => resolve(start));
    });
    send({ kindred: 'listening' });
    const start = await Promise.race([started, stopped]);
    if (start) send({ kindred: 'ready', proxyUrl: await startWorkerProxy(start, channel, cleanUp) });
    await stopped;
  } catch (error) {
    if (!(error instanceof KindredError)) throw error;
    send({ kindred: 'failed', code: error.code, message: error.message });
  } finally {
    await cleanUp.run();
    process.disconnect();
  }
}

/** @returns the proxy's URL */
async function startWorkerProxy(
  { settings, engineUrl, workers }: Start,
  channel: Channel,
  cleanUp: CleanUp,
): Promise<string> {
  const { catalogs, redisUrl } = settings;
  const log = serveLog(settings);
  const engine = await connectEngine({ url: engineUrl, ...settings.engine.credential });
  cleanUp.add(() => engine.close());
  const shared = openWorkerState(redisUrl, channel, log);
  cleanUp.add(shared.close);
  const reporter = createWorkerReporter((report) =>
    channel.send({ kindred: 'report', report } satisfies FromWorker),
  );
  cleanUp.add(reporter.close);
  const modelStore = createModelStore({ engine, catalogs, audit: createAudit(engine) });
  const searchAddress = { url: engineUrl, ...settings.searchCredential };
  const proxy = await startProxy(
    { engine, catalogs, modelStore, searchAddress, shared, reporter, log, processes: workers },
    settings,
  );
  cleanUp.add(proxy.close);
  return proxy.url;
}

function onMessage<K extends FromPrimary['kindred']>(
  channel: Channel,
  kindred: K,
  listener: (message: Extract<FromPrimary, { kindred: K }>) => void,
): void {
  const isMeant = (message: FromPrimary): message is Extract<FromPrimary, { kindred: K }> =>
    message.kindred === kindred;
  channel.receive((message) => {
    if (isFromPrimary(message) && isMeant(message)) listener(message);
  });
}
