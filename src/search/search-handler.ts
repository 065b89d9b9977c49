// The entry of the hot path: from a plain Node request to the search pipeline, or to a read that is passed through.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { KindredError } from '../core/errors.js';
import type { SkipReason } from '../core/skip-reason.js';
import { namedParameters } from '../query/body/url-parameters.js';
import { MAX_NESTING, nestsDeeper } from '../query/json/nesting-limit.js';
import { answerNodes } from './answer/node-addresses.js';
import { PRIVATE, personalizationHeaders, skipped } from './answer/x-personalization.js';
import { catalogNamed, isPublicIndex } from './catalog-of.js';
import { type Caller, servingModel } from './decide.js';
import { hasSource, takeSource } from './request/body-in-url.js';
import { identityFromHeaders, parseHeader, sentOnce, takeParameters } from './request/kindred-headers.js';
import { checkBulk, checkWriteParameters } from './request/passed-writes.js';
import { inflateBody, isJson, readBody, respondsInJson } from './request/read-body.js';
import type { Route, SearchKind, SearchRoute } from './request/route.js';
import {
  type BatchSource,
  indexNotServed,
  multiSearch,
  type SearchBatch,
  singleSearch,
} from './request/search-batch.js';
import { renderedMultiSearchBatch, renderedSearchBatch } from './request/search-template.js';
import type { SearchContext } from './search-context.js';
import { handleSearches } from './search-pipeline.js';
import { type Exchange, type ForwardedRequest, forward } from './upstream/forward.js';
import { createFirstSearch } from './visitor/first-search.js';
import { createProfileLookup } from './visitor/profile-lookup.js';

export type SearchHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  route: Route,
  trusted: boolean,
) => Promise<void>;

const DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * @param maxBodyBytes of a request body, as sent and inflated
 * @returns a handler that answers, or rejects with a KindredError before anything was answered
 */
export function createSearchHandler(
  context: SearchContext,
  maxBodyBytes: number = DEFAULT_MAX_BODY_BYTES,
): SearchHandler {
  const { engine, onOutcome } = context;
  const isServed = (index: string) => isPublicIndex(context, index);
  const pipeline = {
    ...context,
    lookUpProfiles: createProfileLookup(context.profiles),
    isFirstSearch: createFirstSearch(),
  };

  /** A search that is not personalized for a reason known before it was read. */
  async function forwardOriginal(exchange: Exchange, original: ForwardedRequest, reason: SkipReason) {
    const outcome = skipped(reason);
    const sent = performance.now();
    const headers = () =>
      personalizationHeaders([outcome], false, { kindred: 0, engine: performance.now() - sent });
    await forward(exchange, original, { headers });
    onOutcome?.(outcome, 0);
  }

  return async function handleSearchRequest(request, response, route, trusted) {
    if (!trusted && !isPublic(route, isServed)) throw indexNotServed();
    const url = takeParameters(route.search);
    if (!trusted && hasSource(url.search)) throw bodyInUrl();
    const { headers } = request;
    const bulk = route.kind === 'write' ? route.bulk : null;
    if (route.kind === 'write') checkWriteParameters(url.search);
    const identity = trusted ? identityFromHeaders(headers) : {};
    if (!isSearch(route)) context.onContact?.(identity);
    const received = await readBody(request, maxBodyBytes);
    const { 'content-type': type, 'content-encoding': encoding } = headers;
    const untyped = received.length > 0 && !type;
    const exchange = { upstream: engine.upstream, engine: engine.kind, request, response, untyped };
    if (untyped || !isJson(type)) {
      if (!trusted || bulk) throw notJson();
      const sameEncoding = encoding === undefined ? undefined : { 'content-encoding': encoding };
      const original = { target: route.path + url.search, body: received, headers: sameEncoding };
      return isSearch(route)
        ? forwardOriginal(exchange, original, 'unsupported')
        : passThrough(exchange, route, original);
    }
    const text = encoding === undefined ? received : await inflateBody(received, encoding, maxBodyBytes);
    if (!isSearch(route)) {
      if (nestsDeeper(text)) throw tooDeep();
      if (bulk) checkBulk(text, bulk);
      return passThrough(exchange, route, { target: route.path + url.search, body: text });
    }
    const { body, search } = (text.length === 0 && takeSource(url.search)) || {
      body: text,
      search: url.search,
    };
    if (nestsDeeper(body)) throw tooDeep();
    const parameters = search === '' ? undefined : namedParameters(search);
    const index = decodedName(route.index);
    const target = route.path + search;
    const source: BatchSource = { body, target, isPublicIndex: isServed, index, parameters, trusted };
    const caller: Caller = {
      trusted,
      identity,
      directives: { ...parseHeader(headerText(headers['x-kindred'])), ...url.directives },
      // An asynchronous search responds with its hits one level deeper, or later.
      explainable:
        respondsInJson(headers.accept, parameters?.getAll('format').at(-1)) && route.kind !== 'async-search',
    };
    const batch = await batchOf(context, exchange, source, caller, route.kind);
    return typeof batch === 'string'
      ? forwardOriginal(exchange, { target: source.target, body }, batch)
      : handleSearches(pipeline, exchange, caller, batch);
  };
}

/** The searches of a request; or why templates are not rendered. */
async function batchOf(
  context: SearchContext,
  exchange: Exchange,
  source: BatchSource,
  { trusted, directives }: Caller,
  kind: SearchKind,
): Promise<SearchBatch | SkipReason> {
  const { engine } = context;
  const skipTemplates = async (named: readonly (readonly string[])[]) => {
    const catalogs = named.flatMap((names) => catalogNamed(context, names) ?? []);
    const models = await Promise.all(
      [...new Set(catalogs.length > 0 ? catalogs : [null])].map((catalog) =>
        servingModel(context, catalog, trusted, directives),
      ),
    );
    const [reason] = models.filter((model) => typeof model === 'string');
    if (reason !== undefined && models.every((model) => typeof model === 'string')) return reason;
    return catalogs.length > 0 ? null : 'unsupported';
  };
  switch (kind) {
    case 'search':
    case 'async-search':
      return singleSearch(source);
    case 'msearch':
      return multiSearch(source, engine.kind);
    case 'search-template':
      return renderedSearchBatch(exchange, source, skipTemplates);
    case 'msearch-template':
      return renderedMultiSearchBatch(exchange, source, skipTemplates);
  }
}

async function passThrough(exchange: Exchange, { kind }: Route, original: ForwardedRequest): Promise<void> {
  const own = { 'x-personalization': 'skipped; reason=unsupported', ...PRIVATE };
  if (kind === 'nodes') return answerNodes(exchange, original, own);
  await forward(exchange, original, { headers: () => own });
}

function isSearch(route: Route): route is SearchRoute {
  return 'index' in route;
}

/** Public requests name one configured catalog, in its own spelling: what is compared is what is sent. */
function isPublic(route: Route, isServed: (index: string) => boolean): boolean {
  if (!isSearch(route)) return false;
  if (route.kind === 'msearch') return route.index === null || isServed(route.index);
  return route.kind === 'search' && route.index !== null && isServed(route.index);
}

/** Empty when it cannot be decoded: it names an index, though none that exists. */
function decodedName(index: string | null): string | null {
  try {
    return index === null ? null : decodeURIComponent(index);
  } catch {
    return '';
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
