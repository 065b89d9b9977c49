// Headers that cross the proxy: those of a request that reach the engine, those of a response that reach the caller.
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
export function requestHeaders(headers: IncomingHttpHeaders, engine: EngineKind): Record<string, string> {
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
export function responseHeaders(
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
