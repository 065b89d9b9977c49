// Opens and closes HTTP listeners, with errors that say which port and what to do.
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, Server as Listening } from 'node:net';
import { KindredError } from '../core/errors.js';

export interface Listener {
  /** as a person on this machine reaches it, e.g. `http://127.0.0.1:9280` */
  readonly url: string;
  /** answers what is under way, then closes */
  close(): Promise<void>;
}

/** Requests that are not complete by then are cut off (milliseconds). */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** Longer than load balancers keep an idle connection (60 s), so that none sends into one that is closing here. */
const KEEP_ALIVE_MS = 75_000;
/** After `close` a connection without a request is kept this long: its caller may just be sending one. */
const LAST_IDLE_MS = 500;
/** What is still under way this long after `close` is cut off: orchestrators kill after 30 s. */
const DRAIN_MS = 25_000;

export interface ListenOptions {
  /** then the connection ends, and the next one may be another process's; 0 for no limit */
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
  const address = server.address() as AddressInfo;
  const shown = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return {
    url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${address.port}`,
    close: () => close(server),
  };
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
 * Node's own `close` drops connections that look idle, also those on which a request is arriving. Instead, whoever
 * asks once more is answered, and told that the connection ends.
 */
async function close(server: Server): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
  server.keepAliveTimeout = LAST_IDLE_MS;
  const idle = setTimeout(() => server.closeIdleConnections(), LAST_IDLE_MS);
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await new Promise<void>((resolve) => {
    Listening.prototype.close.call(server, () => resolve());
  });
  clearTimeout(idle);
  clearTimeout(cut);
}
