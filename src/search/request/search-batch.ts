// The searches of one request as a batch: a `_search` is a batch of one, an `_msearch` has one for each pair of lines.
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import {
  type Msearch,
  type MsearchItem,
  replaceBodies,
  splitMsearch,
} from '../../query/body/msearch-body.js';
import { isFilteredOut } from '../../query/facts/filter-path.js';
import type { ForwardedRequest } from '../upstream/forward.js';

/** Each is judged, planned and rewritten: many small ones would cost far more than their bytes. */
const MAX_SEARCHES = 1_000;

/** One search of a request. */
export interface SearchRequest {
  /** the caller's bytes */
  readonly body: Buffer;
  /** what is named: indices, aliases, patterns; none: a point in time may stand for an index */
  readonly names: readonly string[];
  /** of an item: the `filter_path` of the `_msearch` hides whether its time was enough */
  readonly hidesTimeout?: boolean;
  /** of the URL; items of an `_msearch` have none */
  readonly parameters?: URLSearchParams | undefined;
}

export interface SearchBatch {
  /** `performance.now()` when Kindred began with it; rendering a template is the engine's time */
  readonly started: number;
  readonly searches: readonly SearchRequest[];
  /** raw path and query that rewritten bodies are sent to */
  readonly target: string;
  /** what is sent when nothing is personalized and nothing of Kindred's is to be taken out */
  readonly original: ForwardedRequest;
  /** of an `_msearch`; null for a batch of one */
  readonly msearch: Msearch | null;
  /** The request's body with other bodies for its searches. */
  withBodies(bodies: readonly Buffer[]): Buffer;
  /** A request body of some of the searches, by position. */
  subset(bodies: ReadonlyMap<number, Buffer>): Buffer;
}

/** What a request is, beside its body. */
export interface BatchSource {
  readonly body: Buffer;
  readonly target: string;
  /** instead of body and target, for a search that was rendered from a template */
  readonly original?: ForwardedRequest | undefined;
  /** whether a public request may name an index */
  readonly isPublicIndex: (index: string) => boolean;
  /** the index in the path, as one decoded name; null without one */
  readonly index: string | null;
  readonly parameters?: URLSearchParams | undefined;
  readonly trusted: boolean;
}

export function singleSearch({ body, target, original, index, parameters }: BatchSource): SearchBatch {
  const started = performance.now();
  const search = { body, names: namesIn(index), parameters };
  return {
    started,
    searches: [search],
    target,
    original: original ?? { target, body },
    msearch: null,
    withBodies: ([only = body]) => only,
    subset: (bodies) => bodies.get(0) ?? Buffer.alloc(0),
  };
}

/**
 * @throws KindredError `too-many-searches` (400); for a public request `no-searches` (400) without a body, and
 *   `index-not-served` (404) when an item names what is no catalog
 */
export function multiSearch(source: BatchSource, engine: EngineKind): SearchBatch {
  const started = performance.now();
  const { body, target, original, isPublicIndex, index, trusted } = source;
  const msearch = readMsearch(body, engine);
  const { items } = msearch;
  // Without a body the engine would look for searches in the URL's `source`, which nobody has judged.
  if (!trusted && body.length === 0) throw noSearches();
  const isPublic = ([only, ...others]: readonly string[]) =>
    only !== undefined && others.length === 0 && isPublicIndex(only);
  if (!trusted && !items.every((item) => isPublic(itemNames(item, index)))) throw indexNotServed();
  const filterPath = source.parameters?.getAll('filter_path').at(-1);
  const hidesTimeout = isFilteredOut('responses.timed_out', filterPath);
  const searches = items.map((item): SearchRequest => {
    const text = body.subarray(item.body.start, item.body.end);
    return {
      body: text,
      // An empty line is refused by the engines, while no body at all is a search of everything.
      names: text.length > 0 ? itemNames(item, index) : [],
      hidesTimeout,
    };
  });
  return {
    started,
    searches,
    target,
    original: original ?? { target, body },
    msearch,
    withBodies: (bodies) => replaceBodies(body, msearch, new Map(bodies.entries())),
    subset(bodies) {
      const pairs = items.flatMap(({ header }, position) => {
        const text = bodies.get(position);
        const line = body.toString('utf8', header.start, header.end).trim() || '{}';
        return text ? [`${line}\n${text}\n`] : [];
      });
      return Buffer.from(pairs.join(''));
    },
  };
}

export function readMsearch(body: Buffer, engine: EngineKind): Msearch {
  const msearch = splitMsearch(body, engine, MAX_SEARCHES + 1);
  if (msearch.items.length <= MAX_SEARCHES) return msearch;
  const message = `a multi-search may hold ${MAX_SEARCHES} searches; send the others in another one`;
  throw new KindredError('too-many-searches', message, { status: 400 });
}

/** What a path names, as one decoded text. */
export function namesIn(index: string | null): readonly string[] {
  return index === null ? [] : index.split(',');
}

/** What an item of an `_msearch` names, by itself or by the path; a header that cannot be read names no index there is. */
export function itemNames({ target }: MsearchItem, pathIndex: string | null): readonly string[] {
  if (target.kind === 'named') return target.indices;
  return target.kind === 'path' ? namesIn(pathIndex) : [''];
}

/** The refusal of an index that public requests may not name. */
export function indexNotServed(): KindredError {
  const message = 'no such index here; name a configured catalog';
  return new KindredError('index-not-served', message, { status: 404 });
}

function noSearches(): KindredError {
  const message = 'there is no body; send a header line and a body line for each search';
  return new KindredError('no-searches', message, { status: 400 });
}
