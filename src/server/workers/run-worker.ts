// A worker of `serve --workers`: the proxy listener alone, until the primary says stop or is gone.
import { KindredError } from '../../core/errors.js';
import { connectEngine } from '../../engine/client/connect-engine.js';
import { createAudit } from '../../models/store/audit.js';
import { createModelStore } from '../../models/store/model-store.js';
import type { Channel } from '../../sessions/remote-calls.js';
import { type CleanUp, createCleanUp } from '../clean-up.js';
import { serveLog } from '../serve-log.js';
import { openWorkerState } from '../shared-state.js';
import { startProxy } from '../start-proxy.js';
import { type FromPrimary, type FromWorker, isFromPrimary, primaryChannel, type Start } from './messages.js';
import { createWorkerWatch } from './worker-watch.js';

/** Ends with its work done when it is told to stop, or gets SIGTERM. A worker whose primary is gone Node ends at once. */
export async function runWorker(): Promise<void> {
  // Ctrl-C reaches every process of a terminal: the primary says when to stop.
  process.on('SIGINT', () => {});
  const channel = primaryChannel();
  const tell = (message: FromWorker) => channel.send(message);
  const stopped = new Promise<null>((resolve) => {
    process.once('SIGTERM', () => resolve(null));
    void told(channel, 'stop').then(() => resolve(null));
  });
  const cleanUp = createCleanUp();
  try {
    const started = told(channel, 'start');
    tell({ kindred: 'listening' });
    const work = await Promise.race([started, stopped]);
    if (work) tell({ kindred: 'ready', proxyUrl: await startWork(work.start, channel, cleanUp) });
    await stopped;
  } catch (error) {
    if (!(error instanceof KindredError)) throw error;
    tell({ kindred: 'failed', code: error.code, message: error.message });
  } finally {
    await cleanUp.run();
    process.disconnect();
  }
}

async function startWork(
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
  const watch = createWorkerWatch((watched) =>
    channel.send({ kindred: 'watched', watched } satisfies FromWorker),
  );
  cleanUp.add(watch.close);
  const modelStore = createModelStore({ engine, catalogs, audit: createAudit(engine) });
  const searchAddress = { url: engineUrl, ...settings.searchCredential };
  const proxy = await startProxy({
    engine,
    catalogs,
    modelStore,
    searchAddress,
    settings,
    shared,
    watch,
    log,
    processes: workers,
  });
  cleanUp.add(proxy.close);
  return proxy.url;
}

function told<K extends FromPrimary['kindred']>(
  channel: Channel,
  kindred: K,
): Promise<Extract<FromPrimary, { kindred: K }>> {
  return new Promise((resolve) => {
    channel.receive((message) => {
      if (isFromPrimary(message) && message.kindred === kindred)
        resolve(message as Extract<FromPrimary, { kindred: K }>);
    });
  });
}
