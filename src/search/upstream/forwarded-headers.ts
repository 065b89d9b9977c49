// Which headers cross the proxy, each way. Everything not named here stays on its side.

import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { EngineKind } from '../../core/engine-kind.js';

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

/** Hop-by-hop (RFC 9110 §7.6.1), and cookies, which an engine has no business setting on a shop's page. */
const KEPT_BACK = new Set([
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

export function upstreamHeaders(headers: IncomingHttpHeaders, engine: EngineKind): Record<string, string> {
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

/** Lists, of which each side has its own part. */
const JOINED = new Set(['vary', 'server-timing']);

/** @param ours win over the engine's, or come in front of them where both give a list */
export function answerHeaders(
  headers: IncomingHttpHeaders,
  ours: Readonly<Record<string, string>>,
): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = {};
  for (const name in headers) if (!KEPT_BACK.has(name)) sent[name] = headers[name];
  for (const name in ours) {
    const own = ours[name];
    const theirs = headers[name];
    sent[name] = theirs === undefined || !JOINED.has(name) ? own : `${own}, ${theirs}`;
  }
  return sent;
}
