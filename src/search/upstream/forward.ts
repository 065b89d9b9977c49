// Forwards a request to the engine and its response to the caller: headers that cross, streaming, buffering.
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { EngineKind } from '../../core/engine-kind.js';
import type { ResponseSink, Upstream, UpstreamRequest } from '../../engine/upstream.js';

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

export interface ForwardOptions {
  /** which responses are buffered; the others go to the caller as they come */
  readonly buffer?: (status: number) => boolean;
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
  { buffer, headers }: ForwardOptions,
): Promise<BufferedResponse | null> {
  const { upstream, response } = exchange;
  const { socket } = exchange.request;
  let buffered: { status: number; headers: IncomingHttpHeaders; chunks: Buffer[] } | null = null;
  const call = upstream.send(upstreamRequest(exchange, forwarded), (head) => {
    if (!buffer?.(head.status))
      return streamToCaller(response, head.status, responseHeaders(head.headers, headers(head.status)));
    const chunks: Buffer[] = [];
    buffered = { ...head, chunks };
    return collectInto(chunks);
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

function concatenated({
  chunks,
  ...head
}: {
  status: number;
  headers: IncomingHttpHeaders;
  chunks: Buffer[];
}) {
  return { ...head, bytes: Buffer.concat(chunks) };
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

/**
 * Request headers that reach the engine. Credentials, cookies, impersonation and proxy headers never do: the
 * engine would trust them as ours. Both version-negotiation headers go together (engines refuse one alone).
 */
const REQUEST_HEADERS = [
  'accept',
  'accept-encoding',
  'content-type',
  'traceparent',
  'tracestate',
  'user-agent',
  'x-elastic-client-meta',
  'x-opaque-id',
] as const;

/** Of responses: hop-by-hop (RFC 9110 §7.6.1), and cookies, which no engine should set on a shop's page. */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** OpenSearch refuses Elasticsearch's vendored media types; the JSON inside is the same. */
function plainMediaType(value: string): string {
  return value
    .replace(/application\/vnd\.elasticsearch\+json(\s*;\s*compatible-with=\d+)?/gi, 'application/json')
    .replace(
      /application\/vnd\.elasticsearch\+x-ndjson(\s*;\s*compatible-with=\d+)?/gi,
      'application/x-ndjson',
    );
}

/** The caller's headers as the engine gets them. */
function requestHeaders(headers: IncomingHttpHeaders, engine: EngineKind): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of REQUEST_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  if (engine === 'opensearch') {
    if (kept.accept) kept.accept = plainMediaType(kept.accept);
    if (kept['content-type']) kept['content-type'] = plainMediaType(kept['content-type']);
  }
  return kept;
}

/** Headers that are lists, to which both the engine and Kindred contribute. */
const LISTS = new Set(['vary', 'server-timing']);

/**
 * The engine's headers as the caller gets them.
 * @param own Kindred's, which replace the engine's, or precede them in lists
 */
function responseHeaders(
  headers: IncomingHttpHeaders,
  own: Readonly<Record<string, string>>,
): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = {};
  for (const name in headers) if (!DROPPED.has(name)) sent[name] = headers[name];
  for (const name in own) {
    const upstream = headers[name];
    sent[name] = upstream === undefined || !LISTS.has(name) ? own[name] : `${own[name]}, ${upstream}`;
  }
  return sent;
}
