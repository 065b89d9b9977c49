// One exchange with the engine: sends, streams the answer back, and takes back a rewrite the engine refuses.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { UpstreamAnswer, UpstreamRequest } from '../engine/upstream.js';
import { answerHeaders, upstreamHeaders } from './headers.js';
import type { SkipReason } from './outcome.js';
import type { SearchDeps } from './search-deps.js';

/** A refused rewrite's reason is kept to this many bytes, for the log. */
const REASON_BYTES = 2_000;

export interface Exchange {
  readonly deps: SearchDeps;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** raw path and query for the engine */
  readonly target: string;
  /** for the engine, instead of the caller's */
  readonly headers?: Readonly<Record<string, string>>;
  /** aborted when the caller goes away */
  readonly signal: AbortSignal;
}

/** An abort signal that fires when the caller goes away before the answer is complete. */
export function callerSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Elasticsearch takes a media type of one version in `Accept` only beside the same in `Content-Type`. */
const VERSIONED = /application\/vnd\.elasticsearch\+json\s*;\s*compatible-with=\d+/i;

/** What the engine gets when nothing is personalized. */
export interface Plain {
  readonly target: string;
  readonly body: Buffer;
}

/** @param body replaces the caller's body; its content type is JSON unless the caller named one */
export function ask(exchange: Exchange, body: Buffer): Promise<UpstreamAnswer> {
  const { deps, request, target, signal, headers } = exchange;
  const sent = { ...upstreamHeaders(request.headers, deps.engine), ...headers };
  if (body.length > 0) sent['content-type'] ??= VERSIONED.exec(sent.accept ?? '')?.[0] ?? 'application/json';
  const method = request.method as UpstreamRequest['method'];
  return deps.upstream.request({
    method,
    path: target,
    headers: sent,
    body: body.length > 0 ? body : null,
    signal,
  });
}

/** How engines refuse what they cannot parse, and what they parse and then cannot do. */
const REFUSALS = [400, 500];

/**
 * Sends the personalized body, if there is one; when the engine refuses it, sends the plain one once instead.
 * `instead` says why it was not personalized after all: `rewrite-rejected` when the plain one was taken,
 * `unsupported` when that was refused too, which is the caller's own mistake; null when it was.
 */
export async function askPersonalized(
  exchange: Exchange,
  personalized: Buffer | null,
  plain: Plain,
): Promise<{ answer: UpstreamAnswer; instead: SkipReason | null }> {
  const asPlain = { ...exchange, target: plain.target };
  if (!personalized) return { answer: await ask(asPlain, plain.body), instead: null };
  const answer = await ask(exchange, personalized);
  if (!REFUSALS.includes(answer.status)) return { answer, instead: null };
  const reason = await beginning(answer);
  const second = await ask(asPlain, plain.body);
  if (REFUSALS.includes(second.status)) return { answer: second, instead: 'unsupported' };
  exchange.deps.onRewriteRejected(reason);
  return { answer: second, instead: 'rewrite-rejected' };
}

async function beginning(answer: UpstreamAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8', 0, REASON_BYTES);
}

/** Streams the engine's bytes; ours are extra headers only. */
export async function stream(
  { response }: Exchange,
  answer: UpstreamAnswer,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  response.writeHead(answer.status, { ...answerHeaders(answer.headers), ...headers });
  await pipeline(answer.body, response);
}
