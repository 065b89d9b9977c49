// One exchange with the engine: sends, streams the answer back, and takes back a rewrite the engine refuses.
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { AnswerSink, UpstreamRequest } from '../../engine/upstream.js';
import type { SearchDeps } from '../search-deps.js';
import { answerHeaders, upstreamHeaders } from './forwarded-headers.js';

export interface Exchange {
  readonly deps: SearchDeps;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** raw path and query for the engine */
  readonly target: string;
  /** for the engine, instead of the caller's */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is asked of the engine. */
export interface Question {
  readonly target: string;
  readonly body: Buffer;
}

/** An answer that was kept to be read, not passed on. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

export interface Answering {
  /** which answers are to be read here; the others go to the caller as they come */
  readonly keep?: (status: number) => boolean;
  /** ours, beside the engine's */
  readonly headers: (status: number) => Readonly<Record<string, string>>;
}

/** Elasticsearch takes a media type of one version in `Accept` only beside the same in `Content-Type`. */
const VERSIONED = /application\/vnd\.elasticsearch\+json\s*;\s*compatible-with=\d+/i;

/** Asks the engine and answers the caller, who may go away at any time; null when it did, an answer when it is kept. */
export async function relay(
  exchange: Exchange,
  question: Question,
  { keep, headers }: Answering,
): Promise<KeptAnswer | null> {
  const { deps, response } = exchange;
  const { socket } = exchange.request;
  let kept: { status: number; headers: IncomingHttpHeaders; chunks: Buffer[] } | null = null;
  const call = deps.upstream.send(outgoing(exchange, question), (head) => {
    if (!keep?.(head.status))
      return toCaller(response, head.status, answerHeaders(head.headers, headers(head.status)));
    const chunks: Buffer[] = [];
    kept = { ...head, chunks };
    return keeping(chunks);
  });
  const gone = () => {
    if (!response.writableEnded) call.abort();
  };
  // A response that is queued behind another, or whose caller left before now, is not told that it closed. Every search
  // that waits on one connection listens here.
  socket.setMaxListeners(0);
  socket.once('close', gone);
  if (socket.destroyed) gone();
  try {
    await call.done;
  } finally {
    socket.off('close', gone);
  }
  return kept === null ? null : read(kept);
}

function read({ chunks, ...head }: { status: number; headers: IncomingHttpHeaders; chunks: Buffer[] }) {
  return { ...head, bytes: Buffer.concat(chunks) };
}

/** Asks the engine for what only Kindred reads. */
export async function ask(exchange: Exchange, question: Question): Promise<KeptAnswer> {
  const answer = await relay(exchange, question, { keep: () => true, headers: () => ({}) });
  if (!answer) throw new Error('an answer that is kept was passed on');
  return answer;
}

/** The same exchange with an engine that does not compress: for answers that are read here. */
export function uncompressed(exchange: Exchange): Exchange {
  return { ...exchange, headers: { ...exchange.headers, 'accept-encoding': 'identity' } };
}

/** Answers the caller with other bytes in place of an answer that was kept. */
export function answerWith(
  { response }: Exchange,
  { status, headers }: KeptAnswer,
  bytes: Buffer,
  ours: Readonly<Record<string, string>>,
): void {
  const length = { 'content-length': String(bytes.length) };
  response.writeHead(status, answerHeaders(headers, { ...ours, ...length }));
  response.end(bytes);
}

/** The body replaces the caller's; its content type is JSON unless the caller named one. */
function outgoing({ deps, request, headers }: Exchange, { target, body }: Question): UpstreamRequest {
  const sent = upstreamHeaders(request.headers, deps.engine);
  if (headers) Object.assign(sent, headers);
  if (body.length > 0) sent['content-type'] ??= VERSIONED.exec(sent.accept ?? '')?.[0] ?? 'application/json';
  const method = request.method as UpstreamRequest['method'];
  return { method, path: target, headers: sent, body: body.length > 0 ? body : null };
}

function keeping(chunks: Buffer[]): AnswerSink {
  return {
    data(chunk) {
      chunks.push(chunk);
      return true;
    },
    end() {},
  };
}

/** The engine's bytes as they come, no faster than the caller takes them. */
function toCaller(response: ServerResponse, status: number, headers: OutgoingHttpHeaders): AnswerSink {
  response.writeHead(status, headers);
  let left = Number(headers['content-length']);
  return {
    data(chunk, resume) {
      left -= chunk.length;
      // The last bytes together with the end: one write less.
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
