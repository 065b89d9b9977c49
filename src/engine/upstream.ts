// The hot path's way to the engine: bytes in, bytes out, over kept connections to one fixed origin.
import type { Readable } from 'node:stream';
import { type Dispatcher, errors, Pool } from 'undici';
import { KindredError } from '../core/errors.js';
import { type EngineAddress, parseEngineAddress } from './client/engine-address.js';
import { engineUnreachable } from './client/engine-unreachable.js';

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'DELETE';
  /** path and query exactly as they shall go out: never decoded, never normalized */
  readonly path: string;
  /** names in lower case; `authorization` is replaced by the search credential */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | null;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** must be read or destroyed, or its connection stays taken */
  readonly body: Readable;
}

/** Status and headers, as soon as they are here. */
export type AnswerHead = Omit<UpstreamAnswer, 'body'>;

/** Where the bytes of an answer go as they come. */
export interface AnswerSink {
  /** @returns false when no more may come before `resume` is called */
  data(chunk: Buffer, resume: () => void): boolean;
  end(): void;
}

export interface UpstreamCall {
  /** resolves behind the last byte; rejects as `request` does, and when an answer breaks off */
  readonly done: Promise<void>;
  /** gives up: nothing more is sent or taken, and `done` rejects */
  abort(): void;
}

export interface Upstream {
  /** The hot path's, without a stream of its own: `onAnswer` is asked once where the answer goes. */
  send(request: UpstreamRequest, onAnswer: (head: AnswerHead) => AnswerSink): UpstreamCall;
  /** @throws KindredError `engine-unreachable` (503), `engine-timeout` (504), `invalid-path` (400) */
  request(request: UpstreamRequest): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

const CONNECTIONS = 256;
const CONNECT_MS = 5_000;
const ANSWER_MS = 30_000;

/**
 * @param options.answerMs how long the engine may be silent, before its answer or in it, and how long whoever gets an
 *   answer may take nothing of it
 */
export function createUpstream(
  address: EngineAddress,
  { answerMs = ANSWER_MS }: { readonly answerMs?: number } = {},
): Upstream {
  const { url, origin, basePath, authorization, caCert } = parseEngineAddress(address);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    connect: { timeout: CONNECT_MS, ca: caCert },
  });

  function outgoing({ method, path, headers, body }: UpstreamRequest) {
    if (!path.startsWith('/')) throw invalidPath();
    const sent = authorization ? { ...headers, authorization } : { ...headers };
    return { method, path: basePath + path, headers: sent, body: body ?? null };
  }

  function named(error: unknown): unknown {
    if (error instanceof KindredError) return error;
    if (error instanceof errors.InvalidArgumentError) return invalidPath();
    if (error instanceof errors.HeadersTimeoutError)
      return new KindredError('engine-timeout', `The engine at ${url} did not answer in time.`, {
        status: 504,
      });
    return engineUnreachable(url, error);
  }

  return {
    send(request, onAnswer) {
      let control: Dispatcher.DispatchController | undefined;
      let given = false;
      let sink: AnswerSink | undefined;
      let stalled: NodeJS.Timeout | undefined;
      const resume = () => {
        clearTimeout(stalled);
        control?.resume();
      };
      const done = new Promise<void>((resolve, reject) => {
        const fail = (error: unknown) => reject(named(error));
        try {
          pool.dispatch(outgoing(request), {
            onRequestStart(controller) {
              control = controller;
              if (given) controller.abort(new errors.RequestAbortedError());
            },
            onResponseStart(_controller, status, headers) {
              // 1xx: the answer is yet to come
              if (status >= 200) sink = onAnswer({ status, headers });
            },
            onResponseData(controller, chunk) {
              if (sink?.data(chunk, resume) !== false) return;
              // undici's clock stands still while an answer waits.
              stalled = setTimeout(() => controller.abort(callerStalled()), answerMs);
              controller.pause();
            },
            onResponseEnd() {
              sink?.end();
              resolve();
            },
            onResponseError(_controller, error) {
              clearTimeout(stalled);
              fail(error);
            },
          });
        } catch (error) {
          fail(error);
        }
      });
      return {
        done,
        abort() {
          given = true;
          control?.abort(new errors.RequestAbortedError());
        },
      };
    },
    async request(request) {
      try {
        const answer = await pool.request(outgoing(request));
        return { status: answer.statusCode, headers: answer.headers, body: answer.body };
      } catch (error) {
        throw named(error);
      }
    },
    close: () => pool.close(),
  };
}

function callerStalled(): KindredError {
  return new KindredError('caller-stalled', 'The caller does not read the answer.', { status: 408 });
}

function invalidPath(): KindredError {
  return new KindredError('invalid-path', 'The request path must start with / and hold no spaces.', {
    status: 400,
  });
}
