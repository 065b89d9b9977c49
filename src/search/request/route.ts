// Which request is this? Maps method and raw request target to what the proxy does with it; anything else is null.

/** `path` and `search` are the caller's own bytes; `search` includes the `?` and may be empty. */
interface Target {
  readonly path: string;
  readonly search: string;
}

export type SearchKind = 'search' | 'msearch' | 'search-template' | 'msearch-template' | 'async-search';

export type Route = Target &
  (
    | { readonly kind: SearchKind; readonly index: string | null }
    /** forwarded as it is, for trusted callers only */
    | { readonly kind: 'passthrough' }
  );

/** Reads next to `_search` that official clients send; none of them writes to an index. */
const PASSTHROUGH: readonly [methods: string, path: RegExp][] = [
  ['GET HEAD', /^\/$/],
  ['GET POST DELETE', /^\/_search\/scroll(\/[^/]+)?$/],
  ['GET POST', /^(\/[^/_][^/]*)?\/_count$/],
  ['GET HEAD', /^\/[^/_][^/]*\/_doc\/[^/]+$/],
  ['GET POST', /^(\/[^/_][^/]*)?\/_mget$/],
  ['GET DELETE', /^\/_async_search\/[^/]+$/],
  ['POST', /^\/[^/_][^/]*\/(_pit|_search\/point_in_time)$/],
  ['DELETE', /^\/(_pit|_search\/point_in_time)$/],
];

/** A client may name the whole URL, as to a proxy for the web (RFC 9112 §3.2.2); whose it is does not matter here. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

const SEARCH = /^(?:\/([^/_][^/]*))?\/(_m?search|_m?search\/template|_async_search)$/;
const KINDS = new Map<string | undefined, SearchKind>([
  ['_search', 'search'],
  ['_msearch', 'msearch'],
  ['_search/template', 'search-template'],
  ['_msearch/template', 'msearch-template'],
  ['_async_search', 'async-search'],
]);

/**
 * @param method HTTP method
 * @param target raw request target, e.g. `/products/_search?pretty`; as to the engines, `/` may stand behind the path
 * @returns null when the proxy does not serve it (answer 404 without an upstream call)
 */
export function parseRoute(method: string, target: string): Route | null {
  const local = target.replace(ORIGIN, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  const search = mark < 0 ? '' : local.slice(mark);
  const named = path.replace(/(?<=[^/])\/$/, '');
  const match = SEARCH.exec(named);
  const kind = KINDS.get(match?.[2]);
  if (kind !== undefined)
    return method === 'POST' || (method === 'GET' && kind !== 'async-search')
      ? { kind, index: match?.[1] ?? null, path, search }
      : null;
  const served = PASSTHROUGH.some(
    ([methods, form]) => methods.split(' ').includes(method) && form.test(named),
  );
  return served ? { kind: 'passthrough', path, search } : null;
}
