// Forwards a request to the engine and its response to the caller: streaming, holding back, buffering.
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { EngineKind } from '../../core/engine-kind.js';
import type { ResponseSink, Upstream, UpstreamRequest } from '../../engine/upstream.js';
import { requestHeaders, responseHeaders } from './crossing-headers.js';

/** One request of a caller, and the engine that it is for. */
export interface Exchange {
  readonly upstream: Upstream;
  readonly engine: EngineKind;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** the caller's body has no content type: what that means is the engine's to say */
  readonly untyped?: boolean;
}

/** What is sent to the engine; the method and all other headers are the caller's. */
export interface ForwardedRequest {
  /** raw path and query */
  readonly target: string;
  readonly body: Buffer;
  /** instead of the caller's */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response that was read whole instead of passed on. */
export interface BufferedResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Where a response is kept while it comes. */
interface Kept {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly chunks: Buffer[];
}

export interface ForwardOptions {
  /** which responses are buffered; the others go to the caller as they come */
  readonly buffer?: (status: number) => boolean;
  /**
   * whether a response of which these bytes are there is buffered after all; undefined while more bytes are needed, for
   * which it is held back
   */
  readonly bufferBy?: (beginning: BufferedResponse, ended: boolean) => boolean | undefined;
  /** Kindred's own headers for the caller, beside the engine's */
  readonly headers: (status: number) => Readonly<Record<string, string>>;
}

/** Elasticsearch takes a media type of one version in `Accept` only beside the same in `Content-Type`. */
const VERSIONED_JSON = /application\/vnd\.elasticsearch\+json\s*;\s*compatible-with=\d+/i;

/**
 * Ends the engine's work when the caller leaves.
 * @returns a buffered response; null when it was passed on, or the caller left
 * @throws KindredError of `Upstream.send`
 */
export async function forward(
  exchange: Exchange,
  forwarded: ForwardedRequest,
  { buffer, bufferBy, headers }: ForwardOptions,
): Promise<BufferedResponse | null> {
  const { upstream, response } = exchange;
  const { socket } = exchange.request;
  let buffered: Kept | null = null;
  const call = upstream.send(upstreamRequest(exchange, forwarded), (head) => {
    const kept: Kept = { ...head, chunks: [] };
    const keep = () => {
      buffered = kept;
      return collectInto(kept.chunks);
    };
    const pass = () =>
      streamToCaller(response, head.status, responseHeaders(head.headers, headers(head.status)));
    if (buffer?.(head.status)) return keep();
    return bufferBy ? heldBack(kept, bufferBy, { keep, pass }) : pass();
  });
  const abort = () => {
    if (!response.writableEnded) call.abort();
  };
  // `response` emits no close while it is queued behind a pipelined one, nor when the caller left before now. Every
  // search that waits on one connection listens here.
  socket.setMaxListeners(0);
  socket.once('close', abort);
  if (socket.destroyed) abort();
  try {
    await call.done;
  } finally {
    socket.off('close', abort);
  }
  return buffered === null ? null : concatenated(buffered);
}

/** Sends a request whose response only Kindred reads, uncompressed. */
export async function fetchBuffered(
  exchange: Exchange,
  forwarded: ForwardedRequest,
): Promise<BufferedResponse> {
  const response = await forward(exchange, uncompressed(forwarded), {
    buffer: () => true,
    headers: () => ({}),
  });
  if (!response) throw new Error('a response that is buffered was passed on');
  return response;
}

/** The same request with a response that the engine does not compress, for responses that Kindred reads. */
export function uncompressed(forwarded: ForwardedRequest): ForwardedRequest {
  return { ...forwarded, headers: { ...forwarded.headers, 'accept-encoding': 'identity' } };
}

/** Answers the caller with other bytes in place of those of a buffered response. */
export function respondWith(
  { response }: Exchange,
  { status, headers }: BufferedResponse,
  bytes: Buffer,
  own: Readonly<Record<string, string>>,
): void {
  const length = { 'content-length': String(bytes.length) };
  response.writeHead(status, responseHeaders(headers, { ...own, ...length }));
  response.end(bytes);
}

/** The content type is the caller's; of a body that Kindred makes for a request without one, JSON. */
function upstreamRequest(
  { request, engine, untyped }: Exchange,
  { target, body, headers }: ForwardedRequest,
): UpstreamRequest {
  const sent = requestHeaders(request.headers, engine);
  if (headers) Object.assign(sent, headers);
  if (body.length > 0 && !untyped)
    sent['content-type'] ??= VERSIONED_JSON.exec(sent.accept ?? '')?.[0] ?? 'application/json';
  const method = request.method as UpstreamRequest['method'];
  return { method, path: target, headers: sent, body: body.length > 0 ? body : null };
}

function concatenated({ chunks, ...head }: Kept): BufferedResponse {
  return { ...head, bytes: Buffer.concat(chunks) };
}

/** Keeps what comes until it is enough to tell where the response goes. */
function heldBack(
  kept: Kept,
  bufferBy: NonNullable<ForwardOptions['bufferBy']>,
  { keep, pass }: { readonly keep: () => ResponseSink; readonly pass: () => ResponseSink },
): ResponseSink {
  let sink: ResponseSink | undefined;
  return {
    data(chunk, resume) {
      if (sink) return sink.data(chunk, resume);
      kept.chunks.push(chunk);
      const beginning = concatenated(kept);
      const buffers = bufferBy(beginning, false);
      if (buffers === undefined) return true;
      sink = buffers ? keep() : pass();
      return buffers || sink.data(beginning.bytes, resume);
    },
    end() {
      if (!sink) {
        const whole = concatenated(kept);
        const buffers = bufferBy(whole, true) ?? false;
        sink = buffers ? keep() : pass();
        if (!buffers && whole.bytes.length > 0) sink.data(whole.bytes, () => {});
      }
      sink.end();
    },
  };
}

function collectInto(chunks: Buffer[]): ResponseSink {
  return {
    data(chunk) {
      chunks.push(chunk);
      return true;
    },
    end() {},
  };
}

/** The engine's bytes as they come, no faster than the caller takes them. */
function streamToCaller(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
): ResponseSink {
  response.writeHead(status, headers);
  let left = Number(headers['content-length']);
  return {
    data(chunk, resume) {
      left -= chunk.length;
      // The last bytes go together with the end: one write less.
      if (left === 0) response.end(chunk);
      else if (!response.write(chunk)) {
        response.once('drain', resume);
        return false;
      }
      return true;
    },
    end() {
      if (!response.writableEnded) response.end();
    },
  };
}
