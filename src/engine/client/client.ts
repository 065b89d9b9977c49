// The client of the cluster, for everything but the hot path: an interface over one transport, with one for each engine.
import type { EngineKind } from '../../core/engine-kind.js';

/** Engines refuse longer document ids, and the whole request with them (bytes of UTF-8). */
export const MAX_ID_BYTES = 512;

/** One request through an official client. `ndjson` and `body` exclude each other. */
export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** path with every segment already encoded, e.g. `/products/_doc/a%2Fb` */
  readonly path: string;
  readonly querystring?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
  /** lines of an NDJSON body */
  readonly ndjson?: readonly string[];
}

/** Sends one request; resolves with any HTTP status, rejects with KindredError `engine-unreachable` (503). */
export type EngineTransport = (request: EngineRequest) => Promise<{ status: number; body: unknown }>;

/** A stored document with what optimistic concurrency needs. */
export interface StoredDocument<T> {
  readonly id: string;
  readonly source: T;
  readonly seqNo: number;
  readonly primaryTerm: number;
}

export interface WriteOptions {
  /** fail with KindredError `conflict` (409) when the document exists */
  readonly create?: boolean;
  /** fail with KindredError `stale` (412) when the document has moved on */
  readonly ifMatch?: { readonly seqNo: number; readonly primaryTerm: number };
  /** wait until searches see it */
  readonly refresh?: boolean;
}

export interface BulkItem {
  readonly action: 'index' | 'create' | 'delete';
  readonly id: string;
  /** object, or an already serialized JSON line; absent for delete */
  readonly document?: unknown;
}

export interface BulkFailure {
  readonly id: string;
  readonly status: number;
  readonly reason: string;
}

/** The mapping of an index, as the engine prints it. */
export interface IndexMapping {
  readonly properties: Record<string, MappingProperty>;
  /** fields that are made when they are read: `runtime` of Elasticsearch, `derived` of OpenSearch; absent without any */
  readonly runtime?: Record<string, MappingProperty>;
  readonly meta: Record<string, unknown>;
}
export interface MappingProperty {
  readonly type?: string;
  /** of a keyword: it is indexed in another form than it is stored */
  readonly normalizer?: string;
  /** of a keyword: `match` looks for each word */
  readonly split_queries_on_whitespace?: boolean;
  /** of an alias: the field it stands for */
  readonly path?: string;
  /** filters find it; true unless the mapping says otherwise */
  readonly index?: boolean;
  /** true unless the mapping says otherwise */
  readonly doc_values?: boolean;
  /** other fields that get its values, too */
  readonly copy_to?: string | readonly string[];
  /** of a runtime field: what makes its values */
  readonly script?: unknown;
  /** of a text: what its index knows of a word, `positions` unless the mapping says otherwise */
  readonly index_options?: string;
  readonly properties?: Record<string, MappingProperty>;
  readonly fields?: Record<string, MappingProperty>;
}

/**
 * Errors of every method: `engine-unreachable` (503), `engine-denied` (502: the credential lacks a privilege),
 * `engine-error` (502, with the engine's reason), and those named below. Where an index has to be there and is not:
 * `index-not-found` (404).
 */
export interface EngineClient {
  readonly kind: EngineKind;
  /** e.g. `9.2.0` */
  readonly version: string;
  readonly url: string;
  /** any request; resolves with any status */
  readonly request: EngineTransport;

  indexExists(index: string): Promise<boolean>;
  /** creates; `index-exists` (409) when it is there already */
  createIndex(index: string, definition: { settings?: object; mappings: object }): Promise<void>;
  /** one index by its name; an absent one is not an error */
  deleteIndex(index: string): Promise<void>;
  /** null when absent; of an alias, the properties of all its indices */
  getMapping(index: string): Promise<IndexMapping | null>;
  /** every primary shard, each of which numbers its writes; of an alias, those of all its indices */
  listShards(index: string): Promise<IndexShard[]>;
  putSettings(index: string, settings: object): Promise<void>;
  refresh(index: string): Promise<void>;
  /** indices whose name matches a pattern such as `kindred-profiles-summer-*`, sorted by name */
  listIndices(pattern: string): Promise<string[]>;
  /** concrete indices behind an alias; empty when there is none */
  aliasTargets(alias: string): Promise<string[]>;
  /** one atomic step: the alias points at `index` alone afterwards */
  swapAlias(alias: string, index: string): Promise<void>;

  /** null when the document or its index is absent */
  get<T>(index: string, id: string): Promise<StoredDocument<T> | null>;
  /** in the order of `ids`; null where absent; rejects when the index is absent or unreadable */
  mget<T>(
    index: string,
    ids: readonly string[],
    sourceIncludes?: readonly string[],
  ): Promise<(StoredDocument<T> | null)[]>;
  put(index: string, id: string, document: object, options?: WriteOptions): Promise<StoredDocument<unknown>>;
  /** absent documents are not an error */
  delete(index: string, id: string, options?: WriteOptions): Promise<void>;
  /** one bulk request; per-item failures come back, a failed request rejects */
  bulk(index: string, items: readonly BulkItem[], options?: { refresh?: boolean }): Promise<BulkFailure[]>;

  /** T is the shape of `_source`, A that of the aggregations */
  search<T = Record<string, unknown>, A = Record<string, unknown>>(
    index: string,
    body: object,
    options?: { readonly shard?: number },
  ): Promise<SearchResponse<T, A>>;
  count(index: string, query?: object): Promise<number>;
  /** every hit once, in batches, by PIT and search_after; stops when the consumer does, or with `cancelled` (499) */
  scan<T>(index: string, options?: ScanOptions): AsyncIterable<ScannedHit<T>[]>;

  close(): Promise<void>;
}

/** One primary shard, by its number in its index; `uuid` tells the index from another that had its name before. */
export interface IndexShard {
  readonly index: string;
  readonly uuid: string;
  readonly shard: number;
}

export interface ScanOptions {
  /** default all */
  readonly shard?: number;
  readonly query?: object;
  readonly sourceIncludes?: readonly string[];
  /** fields as the engine reads them, e.g. dates as milliseconds: come in `fields` of a hit */
  readonly docvalueFields?: readonly (string | { readonly field: string; readonly format: string })[];
  /** other fields that are not in `_source`: come in `fields` of a hit, too */
  readonly fields?: readonly string[];
  /** hits per batch; default 5,000 */
  readonly batch?: number;
  readonly signal?: AbortSignal;
}

export interface ScannedHit<T> {
  readonly id: string;
  readonly source: T;
  /** values of `docvalueFields` and `fields` that the document has */
  readonly fields: Readonly<Record<string, readonly unknown[]>>;
}

export interface SearchResponse<T, A> {
  readonly hits: {
    readonly total?: { readonly value: number };
    readonly hits: readonly {
      readonly _id: string;
      readonly _score: number | null;
      readonly _source: T;
      readonly fields?: Readonly<Record<string, readonly unknown[]>>;
      readonly matched_queries?: readonly string[];
    }[];
  };
  readonly aggregations?: A;
}
