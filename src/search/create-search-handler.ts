// The door of the hot path: from a plain Node request to `_search`, `_msearch` or a read passed through.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Catalog } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import { parseHeader, takeParameters } from './directives.js';
import { ask, callerSignal, type Exchange, stream } from './exchange.js';
import { handleMsearch } from './handle-msearch.js';
import { handleSearch } from './handle-search.js';
import { identityFromHeaders } from './identity.js';
import { indexNotServed } from './index-not-served.js';
import { readBody } from './read-body.js';
import type { Route } from './route.js';
import type { SearchDeps } from './search-deps.js';

export type SearchHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  route: Route,
  trusted: boolean,
) => Promise<void>;

/** @returns a handler that answers, or rejects with a KindredError before anything was answered */
export function createSearchHandler(deps: SearchDeps): SearchHandler {
  return async function handle(request, response, route, trusted) {
    if (!trusted && !isPublic(route, deps.catalogs)) throw indexNotServed();
    const { directives, search } = takeParameters(route.search);
    const target = route.path + search;
    const exchange: Exchange = { deps, request, response, target, signal: callerSignal(response) };
    const received = await readBody(request, deps.maxBodyBytes);
    // A compressed body can be neither judged nor spliced; from a trusted caller it goes through as it is.
    const opaque = (request.headers['content-encoding'] ?? 'identity') !== 'identity';
    if (opaque && !trusted) throw compressed();
    if (!trusted && !isJson(request.headers['content-type'])) throw notJson();
    if (route.kind === 'passthrough' || opaque)
      return stream(exchange, await ask(exchange, received), {
        'x-personalization': 'skipped; reason=unsupported',
      });
    const common = {
      received,
      trusted,
      identity: trusted ? identityFromHeaders(request.headers) : {},
      directives: { ...parseHeader(headerText(request.headers['x-kindred'])), ...directives },
    };
    if (route.kind === 'msearch')
      return handleMsearch(exchange, { ...common, pathIndex: plainName(route.index) });
    const catalog = deps.catalogs.get(plainName(route.index) ?? '') ?? null;
    const parameters = new URLSearchParams(search);
    return handleSearch(exchange, { ...common, catalog, parameters, explainable: true });
  };
}

/** Public requests name one configured catalog, in its own spelling: what is compared is what is sent. */
function isPublic(route: Route, catalogs: ReadonlyMap<string, Catalog>): boolean {
  if (route.kind === 'passthrough') return false;
  return route.index === null ? route.kind === 'msearch' : catalogs.has(route.index);
}

function plainName(index: string | null): string | null {
  try {
    return index === null ? null : decodeURIComponent(index);
  } catch {
    return null;
  }
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(';') : value;
}

/** Engines read SMILE, CBOR and YAML too, and take their lines apart at other bytes than we do. */
function isJson(contentType: string | undefined): boolean {
  return /^(application\/(json|x-ndjson|vnd\.elasticsearch\+(json|x-ndjson)))?\s*(;|$)/i.test(
    contentType ?? '',
  );
}

function notJson(): KindredError {
  return new KindredError('unsupported-media-type', 'send the request body as JSON', { status: 415 });
}

function compressed(): KindredError {
  return new KindredError('unsupported-encoding', 'send the request body uncompressed', { status: 415 });
}
