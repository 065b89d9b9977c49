// The hot path's connection to the engine: bytes in, bytes out, over keep-alive connections to one origin.
import type { Readable } from 'node:stream';
import { type Dispatcher, errors, Pool } from 'undici';
import { KindredError } from '../core/errors.js';
import { type EngineAddress, parseEngineAddress } from './client/engine-address.js';
import { engineUnreachable } from './client/engine-unreachable.js';

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'DELETE' | 'PUT';
  /** path and query exactly as they are sent: never decoded, never normalized */
  readonly path: string;
  /** names in lower case; `authorization` is replaced by the search credential */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | null;
}

export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** must be read or destroyed: until then it keeps its connection */
  readonly body: Readable;
}

/** Status and headers, which arrive before the body. */
export type ResponseHead = Omit<UpstreamResponse, 'body'>;

/** Takes the bytes of a response body as they arrive. */
export interface ResponseSink {
  /** @returns false to pause the response until `resume` is called */
  data(chunk: Buffer, resume: () => void): boolean;
  end(): void;
}

export interface UpstreamCall {
  /** resolves after the last byte; rejects as `request` does, and when a response breaks off */
  readonly done: Promise<void>;
  /** nothing more is sent or received, and `done` rejects */
  abort(): void;
}

export interface Upstream {
  /**
   * For the hot path, without creating a stream: `onResponse` is called once and returns where the body goes. A read is
   * sent once more where its connection was gone already: engines and what stands before them close idle ones.
   */
  send(request: UpstreamRequest, onResponse: (head: ResponseHead) => ResponseSink): UpstreamCall;
  /** @throws KindredError `engine-unreachable` (503), `engine-timeout` (504), `invalid-path` (400) */
  request(request: UpstreamRequest): Promise<UpstreamResponse>;
  close(): Promise<void>;
}

/** What may be sent twice: searches, and what only reads. The next page of a scroll is another one each time. */
const SEARCH = /^(\/[^/]*)?\/_m?search(\/template)?\/*(\?|$)/;
const SCROLL = /^\/+_search\/scroll(\/|\?|$)/;
/** A connection that was gone already says so at once; one that breaks later may break of the search itself. */
const STALE_MS = 1_000;

const CONNECTIONS = 256;
const CONNECT_MS = 5_000;
const TIMEOUT_MS = 30_000;

/**
 * @param options.timeoutMs how long the engine may send nothing, before its response or within it, and how long a caller
 *   may read nothing of one
 */
export function createUpstream(
  address: EngineAddress,
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Upstream {
  const { url, origin, basePath, authorization, caCert } = parseEngineAddress(address);
  const options = {
    connections: CONNECTIONS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: CONNECT_MS, ca: caCert },
  };
  const pool = new Pool(origin, options);
  /** A connection for each request: among those that are kept, others may be gone as well. */
  const anew = new Pool(origin, { ...options, pipelining: 0 });

  function outgoing({ method, path, headers, body }: UpstreamRequest) {
    if (!path.startsWith('/')) throw invalidPath();
    const sent = authorization ? { ...headers, authorization } : { ...headers };
    return { method, path: basePath + path, headers: sent, body: body ?? null };
  }

  function toKindredError(error: unknown): KindredError {
    if (error instanceof KindredError) return error;
    if (error instanceof errors.InvalidArgumentError) return invalidPath();
    if (error instanceof errors.HeadersTimeoutError)
      return new KindredError('engine-timeout', `The engine at ${url} did not answer in time.`, {
        status: 504,
      });
    return engineUnreachable(url, error);
  }

  return {
    send(request, onResponse) {
      let control: Dispatcher.DispatchController | undefined;
      let aborted = false;
      let sink: ResponseSink | undefined;
      let stalled: NodeJS.Timeout | undefined;
      const resume = () => {
        clearTimeout(stalled);
        control?.resume();
      };
      const done = new Promise<void>((resolve, reject) => {
        const fail = (error: unknown) => reject(toKindredError(error));
        const dispatch = (connections: Pool, repeatable: boolean) => {
          let sent = 0;
          connections.dispatch(outgoing(request), {
            onRequestStart(controller) {
              control = controller;
              sent = performance.now();
              if (aborted) controller.abort(new errors.RequestAbortedError());
            },
            onResponseStart(_controller, status, headers) {
              // 1xx: the response itself is yet to come.
              if (status >= 200) sink = onResponse({ status, headers });
            },
            onResponseData(controller, chunk) {
              if (sink?.data(chunk, resume) !== false) return;
              // undici's body timeout does not run while a response is paused.
              stalled = setTimeout(() => controller.abort(callerStalled()), timeoutMs);
              controller.pause();
            },
            onResponseEnd() {
              sink?.end();
              resolve();
            },
            onResponseError(_controller, error) {
              clearTimeout(stalled);
              const stale = !sink && isBroken(error) && performance.now() - sent < STALE_MS;
              if (repeatable && stale && !aborted) attempt(anew, false);
              else fail(error);
            },
          });
        };
        const attempt = (connections: Pool, repeatable: boolean) => {
          try {
            dispatch(connections, repeatable);
          } catch (error) {
            fail(error);
          }
        };
        attempt(pool, isRepeatable(request));
      });
      return {
        done,
        abort() {
          aborted = true;
          control?.abort(new errors.RequestAbortedError());
        },
      };
    },
    async request(request) {
      try {
        const { statusCode, headers, body } = await pool.request(outgoing(request));
        return { status: statusCode, headers, body };
      } catch (error) {
        throw toKindredError(error);
      }
    },
    async close() {
      await Promise.all([pool.close(), anew.close()]);
    },
  };
}

function isRepeatable({ method, path }: UpstreamRequest): boolean {
  return SEARCH.test(path) || ((method === 'GET' || method === 'HEAD') && !SCROLL.test(path));
}

/** Whether a call failed because a connection that had been there was closed: asking again may go well. */
export function brokeOff(error: unknown): boolean {
  return error instanceof KindredError && isBroken(error.cause);
}

/** The other side closed the connection. */
function isBroken(error: unknown): boolean {
  if (error instanceof errors.SocketError) return true;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function callerStalled(): KindredError {
  return new KindredError('caller-stalled', 'The caller does not read the answer.', { status: 408 });
}

function invalidPath(): KindredError {
  return new KindredError('invalid-path', 'The request path must start with / and hold no spaces.', {
    status: 400,
  });
}
