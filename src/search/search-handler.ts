// The door of the hot path: from a plain Node request to a search of one kind or another, or a read passed through.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Catalog } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import { namedParameters } from '../query/body/url-parameters.js';
import { MAX_NESTING, nestsDeeper } from '../query/json/nesting-limit.js';
import { PRIVATE } from './answer/response-headers.js';
import { handleMsearch } from './handle-msearch.js';
import { handleSearch } from './handle-search.js';
import { handleTemplate, handleTemplates } from './handle-template.js';
import { hasSource, takeSource } from './request/body-in-url.js';
import { sentOnce } from './request/duplicated-header.js';
import { identityFromHeaders } from './request/identity.js';
import { indexNotServed } from './request/index-not-served.js';
import { inflateBody } from './request/inflate-body.js';
import { answersInJson, isJson } from './request/media-type.js';
import { readBody } from './request/read-body.js';
import type { Route } from './request/route.js';
import { parseHeader, takeParameters } from './request/x-kindred.js';
import type { SearchDeps } from './search-deps.js';
import { type Exchange, relay } from './upstream/exchange.js';
import { leaveAlone } from './upstream/leave-alone.js';

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
    const taken = takeParameters(route.search);
    if (!trusted && hasSource(taken.search)) throw bodyInUrl();
    const { headers } = request;
    const sent = await readBody(request, deps.maxBodyBytes);
    const exchange: Exchange = { deps, request, response, target: route.path + taken.search };
    const passedThrough = route.kind === 'passthrough';
    if (!isJson(headers['content-type'])) {
      if (!trusted) throw notJson();
      return passedThrough
        ? passThrough(asSent(exchange), sent)
        : leaveAlone(asSent(exchange), sent, 'unsupported');
    }
    const encoding = headers['content-encoding'];
    const text = encoding === undefined ? sent : await inflateBody(sent, encoding, deps.maxBodyBytes);
    if (passedThrough) {
      if (nestsDeeper(text)) throw tooDeep();
      return passThrough(exchange, text);
    }
    const moved = text.length === 0 ? takeSource(taken.search) : null;
    const { received, search } = moved ?? { received: text, search: taken.search };
    if (nestsDeeper(received)) throw tooDeep();
    const toEngine = moved ? { ...exchange, target: route.path + search } : exchange;
    const identity = trusted ? identityFromHeaders(headers) : {};
    const directives = { ...parseHeader(headerText(headers['x-kindred'])), ...taken.directives };
    const index = plainName(route.index);
    const parameters = namedParameters(search);
    const explainable = answersInJson(headers.accept, parameters?.getAll('format').at(-1));
    if (route.kind === 'msearch' || route.kind === 'msearch-template') {
      const searches = { received, trusted, identity, directives, pathIndex: index, explainable };
      const handleEach = route.kind === 'msearch' ? handleMsearch : handleTemplates;
      return handleEach(toEngine, searches);
    }
    const handleOne = route.kind === 'search-template' ? handleTemplate : handleSearch;
    return handleOne(toEngine, {
      received,
      trusted,
      identity,
      directives,
      catalog: deps.catalogs.get(index ?? '') ?? null,
      unnamed: route.index === null,
      parameters,
      // An asynchronous search answers with its hits one level deeper, or later.
      explainable: explainable && route.kind !== 'async-search',
    });
  };
}

async function passThrough(exchange: Exchange, body: Buffer): Promise<void> {
  const headers = () => ({ 'x-personalization': 'skipped; reason=unsupported', ...PRIVATE });
  await relay(exchange, { target: exchange.target, body }, { headers });
}

/** A body that is not read here goes on as it came, and is still compressed if it came so. */
function asSent(exchange: Exchange): Exchange {
  const encoding = exchange.request.headers['content-encoding'];
  return encoding === undefined ? exchange : { ...exchange, headers: { 'content-encoding': encoding } };
}

/** Public requests name one configured catalog, in its own spelling: what is compared is what is sent. */
function isPublic(route: Route, catalogs: ReadonlyMap<string, Catalog>): boolean {
  if (route.kind === 'msearch') return route.index === null || catalogs.has(route.index);
  return route.kind === 'search' && route.index !== null && catalogs.has(route.index);
}

function plainName(index: string | null): string | null {
  try {
    return index === null ? null : decodeURIComponent(index);
  } catch {
    return null;
  }
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(';') : value && sentOnce(value);
}

function notJson(): KindredError {
  return new KindredError('unsupported-media-type', 'send the request body as JSON', { status: 415 });
}

function bodyInUrl(): KindredError {
  return new KindredError('body-in-url', 'send the search as the request body, not in "source"', {
    status: 400,
  });
}

function tooDeep(): KindredError {
  const message = `the request body nests deeper than ${MAX_NESTING} levels, or is no plain JSON in UTF-8 and may; engines end over such bodies`;
  return new KindredError('body-too-deep', message, { status: 400 });
}
