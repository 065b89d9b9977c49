// The hot path's way to the engine: bytes in, bytes out, over kept connections to one fixed origin.
import type { Readable } from 'node:stream';
import { errors, Pool } from 'undici';
import { KindredError } from '../core/errors.js';
import { type EngineAddress, parseEngineAddress } from './engine-address.js';
import { engineUnreachable } from './engine-unreachable.js';

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PUT' | 'DELETE' | 'OPTIONS';
  /** path and query exactly as they shall go out: never decoded, never normalized */
  readonly path: string;
  /** names in lower case; `authorization` is replaced by the search credential */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | Readable | null;
  readonly signal?: AbortSignal;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** must be read or destroyed, or its connection stays taken */
  readonly body: Readable;
}

export interface Upstream {
  /** @throws KindredError `engine-unreachable` (503), `engine-timeout` (504), `invalid-path` (400); aborts reject as they are */
  request(request: UpstreamRequest): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

const CONNECTIONS = 256;
const CONNECT_MS = 5_000;
const ANSWER_MS = 30_000;

export function createUpstream(address: EngineAddress): Upstream {
  const { url, origin, basePath, authorization, caCert } = parseEngineAddress(address);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    connect: { timeout: CONNECT_MS, ...(caCert && { ca: caCert }) },
  });

  return {
    async request({ method, path, headers, body, signal }) {
      if (!path.startsWith('/')) throw invalidPath();
      try {
        const answer = await pool.request({
          method,
          path: basePath + path,
          headers: { ...headers, ...(authorization && { authorization }) },
          body: body ?? null,
          signal: signal ?? null,
        });
        return { status: answer.statusCode, headers: answer.headers, body: answer.body };
      } catch (error) {
        if (signal?.aborted) throw error;
        if (error instanceof errors.InvalidArgumentError) throw invalidPath();
        if (error instanceof errors.HeadersTimeoutError)
          throw new KindredError('engine-timeout', `The engine at ${url} did not answer in time.`, {
            status: 504,
          });
        throw engineUnreachable(url, error);
      }
    },
    close: () => pool.close(),
  };
}

function invalidPath(): KindredError {
  return new KindredError('invalid-path', 'The request path must start with / and hold no spaces.', {
    status: 400,
  });
}
