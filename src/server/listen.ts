// Opens and closes HTTP listeners, with errors that say which port and what to do.
import { createServer, type RequestListener, type Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { KindredError } from '../core/errors.js';

export interface Listener {
  /** as it is reached on this machine, e.g. `http://127.0.0.1:9280` */
  readonly url: string;
  /** finishes running requests, then closes */
  close(): Promise<void>;
}

/** A request that takes longer to arrive is cut off (milliseconds). */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** Longer than load balancers keep an idle connection (60 s), so that none sends on a connection that is closing here. */
const KEEP_ALIVE_MS = 75_000;
/** After `close`, connections without a request are kept this long: their callers may just be sending one. */
const LAST_IDLE_MS = 500;
/** Requests that still run this long after `close` are cut off: orchestrators kill after 30 s. */
const DRAIN_MS = 25_000;

export interface ListenOptions {
  /** after this many the connection is closed, and the next one may reach another process; 0: no limit */
  readonly requestsPerConnection?: number;
}

/**
 * @param setting name of the port's setting, for the error
 * @throws KindredError `port-in-use`, `cannot-listen`
 */
export async function listen(
  handler: RequestListener,
  { host, port }: { host: string; port: number },
  setting: string,
  { requestsPerConnection = 0 }: ListenOptions = {},
): Promise<Listener> {
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    handler,
  );
  server.maxRequestsPerSocket = requestsPerConnection;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(cause, host, port, setting)));
    server.listen(port, host, resolve);
  });
  const shown = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return {
    url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${portOf(server)}`,
    close: () => close(server),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function cannotListen(
  cause: NodeJS.ErrnoException,
  host: string,
  port: number,
  setting: string,
): KindredError {
  return cause.code === 'EADDRINUSE'
    ? new KindredError('port-in-use', `port ${port} is in use; stop what listens there or set ${setting}`, {
        cause,
      })
    : new KindredError(
        'cannot-listen',
        `cannot listen on ${host}:${port} (${cause.code}); check ${setting}`,
        { cause },
      );
}

/**
 * Node's own `close` drops connections that look idle, also those on which a request is arriving. Here one more request
 * is answered on each, with the header that the connection ends.
 */
async function close(server: Server): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
  server.keepAliveTimeout = LAST_IDLE_MS;
  const idle = setTimeout(() => server.closeIdleConnections(), LAST_IDLE_MS);
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
  clearTimeout(idle);
  clearTimeout(cut);
}
