// What trusted callers may ask of the engine beside searches: one table of methods and paths, and what is refused.
import { unescape as decode } from 'node:querystring';

export interface EngineRead {
  /** by space; a HEAD that an engine does not know is the engine's to refuse */
  readonly methods: string;
  /**
   * What is in `[]` may be absent; `{index}` is an index expression: a name, several by comma, wildcards, date math, or
   * `_all`; any other `{}` is one segment
   */
  readonly paths: readonly string[];
  /** what the search credential needs for it, in Elasticsearch's words */
  readonly needs: string;
}

const LOOK = 'GET HEAD';
const ASK = 'GET HEAD POST';

/** None of these writes; docs/proxy.md has the same table. */
export const ENGINE_READS: readonly EngineRead[] = [
  { methods: LOOK, paths: ['/'], needs: 'cluster `monitor`' },
  {
    methods: LOOK,
    paths: [
      '/{index}',
      '[/{index}]/_mapping',
      '[/{index}]/_mappings',
      '[/{index}]/_mapping/field/{fields}',
      '[/{index}]/_settings[/{name}]',
      '[/{index}]/_alias[/{name}]',
      '/_aliases',
      '/_resolve/index/{index}',
    ],
    needs: '`view_index_metadata`',
  },
  {
    methods: ASK,
    paths: ['[/{index}]/_search_shards', '[/{index}]/_validate/query'],
    needs: '`view_index_metadata`',
  },
  {
    methods: LOOK,
    paths: ['[/{index}]/_stats[/{metric}]', '[/{index}]/_segments'],
    needs: '`monitor`',
  },
  { methods: LOOK, paths: ['/{index}/_doc/{id}', '/{index}/_source/{id}'], needs: '`read`' },
  {
    methods: ASK,
    paths: [
      '[/{index}]/_count',
      '[/{index}]/_mget',
      '[/{index}]/_field_caps',
      '/{index}/_terms_enum',
      '/{index}/_explain/{id}',
      '/{index}/_termvectors[/{id}]',
      '[/{index}]/_mtermvectors',
      '/_render/template[/{id}]',
    ],
    needs: '`read`',
  },
  {
    methods: ASK,
    paths: ['[/{index}]/_analyze'],
    needs: 'the action `indices:admin/analyze`, or `manage`; without an index cluster `manage`',
  },
  { methods: 'GET POST DELETE', paths: ['/_search/scroll[/{id}]'], needs: '`read`' },
  { methods: 'POST', paths: ['/{index}/_pit', '/{index}/_search/point_in_time'], needs: '`read`' },
  { methods: 'DELETE', paths: ['/_pit', '/_search/point_in_time'], needs: '`read`' },
  { methods: 'GET DELETE', paths: ['/_async_search/{id}'], needs: '`read`' },
  { methods: 'GET', paths: ['/_async_search/status/{id}'], needs: '`read`' },
  { methods: LOOK, paths: ['/_cluster/health[/{index}]', '/_cluster/stats'], needs: 'cluster `monitor`' },
  {
    methods: LOOK,
    paths: [
      '/_cat/indices[/{index}]',
      '/_cat/shards[/{index}]',
      '/_cat/count[/{index}]',
      '/_cat/aliases[/{name}]',
      '/_cat/health',
      '/_cat/nodes',
      '/_cat/plugins',
    ],
    needs: 'cluster `monitor`; for indices also `monitor`, `view_index_metadata`; for a count `read`',
  },
  { methods: LOOK, paths: ['/_nodes[/{node}][/{metric}]'], needs: 'cluster `monitor`' },
];

/** What stands in no row above, by a segment of its path, and why; docs/proxy.md and the 404 say the same. */
export const REFUSED: readonly { readonly names: readonly string[]; readonly why: string }[] = [
  {
    names: ['hot_threads', 'hotthreads', 'usage', 'reload_secure_settings', 'shutdown'],
    why: 'nodes are looked after by their operator',
  },
  {
    names: ['_sql', '_query', '_eql', '_esql', '_ppl', '_graph', '_rank_eval', '_knn_search', '_mvt'],
    why: 'these are searches that Kindred cannot read, and so could neither personalize nor bound',
  },
  {
    names: ['_doc', '_create', '_update', '_bulk', '_refresh'],
    why: 'documents are written in the indices that the setting passWrites lists, and nowhere else',
  },
  {
    names: ['_delete_by_query', '_update_by_query', '_reindex'],
    why: 'one such request can change every document of an index: send it to the cluster itself',
  },
  {
    names: [
      '_mapping',
      '_settings',
      '_alias',
      '_aliases',
      '_open',
      '_close',
      '_forcemerge',
      '_flush',
      '_cache',
    ],
    why: 'indices are created, changed and deleted at the cluster itself',
  },
  {
    names: [
      '_cluster',
      '_tasks',
      '_snapshot',
      '_security',
      '_plugins',
      '_ingest',
      '_scripts',
      '_template',
      '_index_template',
      '_component_template',
    ],
    why: 'state, users, secrets and work of the cluster are for its operator',
  },
];

/** Why a request is not served, for its 404. */
export function whyNotServed(target: string): string {
  const segments = target.replace(/\?.*$/s, '').split('/');
  const refused = REFUSED.find(({ names }) => names.some((name) => segments.includes(name)));
  return `nothing is served at this path with this method${refused ? `: ${refused.why}` : ''}`;
}

/** Answered by the proxy itself, to clients that look for nodes without a key; or about a node, but no mere look at it. */
const OTHERS =
  /^\/(healthz|readyz|_nodes(\/_all)?\/http|_nodes\/.*(hot_?threads|usage|reload_secure_settings|shutdown).*)$/;
const INDEX = '(?:_all|[^/_][^/]*)';
const BY_METHOD: ReadonlyMap<string, RegExp> = new Map(
  ['GET', 'HEAD', 'POST', 'DELETE'].map((method) => {
    const paths = ENGINE_READS.flatMap((read) =>
      read.methods.split(' ').includes(method) ? read.paths : [],
    );
    const forms = paths.map((path) =>
      path
        .replaceAll('[', '(?:')
        .replaceAll(']', ')?')
        .replaceAll('{index}', INDEX)
        .replaceAll(/\{\w+\}/g, '[^/]+'),
    );
    return [method, new RegExp(`^(?:${forms.join('|')})$`)];
  }),
);

/** @param path raw, without a slash at its end */
export function isEngineRead(method: string, path: string): boolean {
  return !!BY_METHOD.get(method)?.test(path) && !OTHERS.test(path) && isPlain(path);
}

/**
 * Whether a path means the same to whoever decodes it, once or twice, or resolves its dots: what stands between
 * Kindred and the engine may do either. Ids may hold a slash, and so may date math in an index (`<logs-{now/d}>`).
 */
export function isPlain(path: string): boolean {
  const segments = path.slice(1).split('/').map(decode);
  const [index = ''] = segments;
  if (index !== '_all' && index.startsWith('_') && !path.startsWith('/_')) return false;
  return (
    segments.every((text) => !CONTROLS.test(text) && !text.split(/[\\/]/).some(isDots)) &&
    !/[%?#\\]/.test(index) &&
    index.split(',').every((name) => !name.includes('/') || /^-?<[^<>]*>$/.test(name))
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no name holds
const CONTROLS = /[\0-\x1f\x7f]/;

function isDots(text: string): boolean {
  return text === '.' || text === '..';
}
