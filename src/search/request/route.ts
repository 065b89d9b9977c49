// Which request is this? Maps method and raw request target to what the proxy does with it; anything else is null.
import { isEngineRead } from './engine-reads.js';
import { type DocumentWrite, documentWrite, type WritableIndices } from './passed-writes.js';

/** `path` and `search` are the caller's own bytes; `search` includes the `?` and may be empty. */
interface Target {
  readonly path: string;
  readonly search: string;
}

export type SearchKind = 'search' | 'msearch' | 'search-template' | 'msearch-template' | 'async-search';

export type SearchRoute = Target & { readonly kind: SearchKind; readonly index: string | null };

/** All but searches are for trusted callers only, and forwarded as they are. */
export type Route =
  | SearchRoute
  | (Target &
      (
        | { readonly kind: 'passthrough' }
        /** answered with the proxy's address in place of those of the nodes */
        | { readonly kind: 'nodes' }
        /** of documents that are all in indices whose documents may be written */
        | ({ readonly kind: 'write' } & DocumentWrite)
      ));

/** A client may name the whole URL, as to a proxy for the web (RFC 9112 §3.2.2); whose it is does not matter here. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

const NONE: WritableIndices = new Set();
const NODES = /^\/_nodes(\/|$)/;
const SEARCH = /^(?:\/(_all|[^/_][^/]*))?\/(_m?search|_m?search\/template|_async_search)$/;
const KINDS = new Map<string | undefined, SearchKind>([
  ['_search', 'search'],
  ['_msearch', 'msearch'],
  ['_search/template', 'search-template'],
  ['_msearch/template', 'msearch-template'],
  ['_async_search', 'async-search'],
]);

/**
 * @param method HTTP method
 * @param writable the indices whose documents may be written through the proxy
 * @param target raw request target, e.g. `/products/_search?pretty`; as to the engines, slashes may stand behind the path,
 *   and one more in front of one that names no index, which is what a host that ends in `/` makes of it
 * @returns null when the proxy does not serve it (answer 404 without an upstream call)
 */
export function parseRoute(method: string, target: string, writable: WritableIndices = NONE): Route | null {
  const local = target.replace(ORIGIN, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  const search = mark < 0 ? '' : local.slice(mark);
  const trimmed = path.replace(/(?<=[^/])\/+$/, '');
  const named = trimmed.replace(/^\/(?=\/_)/, '');
  const match = SEARCH.exec(named);
  const kind = KINDS.get(match?.[2]);
  if (kind !== undefined)
    return method === 'POST' || (method === 'GET' && kind !== 'async-search')
      ? { kind, index: match?.[1] ?? null, path, search }
      : null;
  if (isEngineRead(method, named)) return { kind: NODES.test(named) ? 'nodes' : 'passthrough', path, search };
  const write = documentWrite(method, trimmed, writable);
  return write && { kind: 'write', ...write, path, search };
}
