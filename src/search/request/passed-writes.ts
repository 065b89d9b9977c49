// Writes of documents that may pass: in the indices that the setting `passWrites` lists, and in these alone.
import { KindredError } from '../../core/errors.js';
import { splitParameters } from '../../query/body/url-parameters.js';
import { scanDocument } from '../../query/json/json-document.js';
import { isObject } from '../../query/json/json-value.js';
import { isPlain } from './engine-reads.js';

/** Index names, in their own spelling: what is compared is what is sent. */
export type WritableIndices = ReadonlySet<string>;

/** `{index}` is one that is listed; docs/proxy.md has the same table. */
export const DOCUMENT_WRITES: readonly { readonly methods: string; readonly path: string }[] = [
  { methods: 'POST', path: '/{index}/_doc' },
  { methods: 'PUT POST DELETE', path: '/{index}/_doc/{id}' },
  { methods: 'PUT POST', path: '/{index}/_create/{id}' },
  { methods: 'POST', path: '/{index}/_update/{id}' },
  { methods: 'POST PUT', path: '/{index}/_bulk' },
  { methods: 'POST PUT', path: '/_bulk' },
  { methods: 'POST', path: '/{index}/_refresh' },
];

const FORMS = DOCUMENT_WRITES.map(({ methods, path }) => ({
  methods: methods.split(' '),
  form: new RegExp(`^${path.replace('{index}', '(?<index>[^/]+)').replace('{id}', '[^/]+')}$`),
}));

/**
 * What may stand in the URL of a write. `index` may not: engines write there where a `_bulk` names none; nor may
 * `pipeline`, as an ingest pipeline can send a document to another index.
 */
const PARAMETERS = new Set([
  '_source',
  '_source_excludes',
  '_source_includes',
  'error_trace',
  'filter_path',
  'format',
  'human',
  'if_primary_term',
  'if_seq_no',
  'op_type',
  'pretty',
  'refresh',
  'require_alias',
  'retry_on_conflict',
  'routing',
  'timeout',
  'version',
  'version_type',
  'wait_for_active_shards',
]);

/** What the action lines of a `_bulk` may say. */
const ACTIONS = new Set(['index', 'create', 'update', 'delete']);
const METADATA = new Set([
  '_id',
  '_index',
  '_source',
  'if_primary_term',
  'if_seq_no',
  'require_alias',
  'retry_on_conflict',
  'routing',
  'version',
  'version_type',
]);
const LINE_FEED = 0x0a;

/** A write of documents; of a `_bulk` what its lines may name. */
export interface DocumentWrite {
  readonly bulk: { readonly index: string | null; readonly writable: WritableIndices } | null;
}

/** @returns null for what is no write of documents, or of those of an index that is not listed */
export function documentWrite(method: string, path: string, writable: WritableIndices): DocumentWrite | null {
  if (writable.size === 0 || !isPlain(path)) return null;
  for (const { methods, form } of FORMS) {
    const match = methods.includes(method) ? form.exec(path) : null;
    if (!match) continue;
    const index = match.groups?.index ?? null;
    if (index !== null && !writable.has(index)) return null;
    return { bulk: path.endsWith('/_bulk') ? { index, writable } : null };
  }
  return null;
}

/** @throws KindredError `write-not-passed` (403) for a URL that could lead a write elsewhere */
export function checkWriteParameters(search: string): void {
  const other = splitParameters(search).find(({ name, text }) => text !== '' && !PARAMETERS.has(name));
  if (other) throw notPassed(`the URL parameter "${other.name}" is not passed on with writes`);
}

/**
 * Reads a `_bulk` as strictly as it can be read, so that no engine reads it otherwise: an action line is one JSON
 * object with one action, whose index is listed; a line of source follows it unless it deletes; lines between that
 * hold nothing are passed over, as engines do.
 * @throws KindredError `write-not-passed` (403), with the line
 */
export function checkBulk(body: Buffer, { index, writable }: NonNullable<DocumentWrite['bulk']>): void {
  let line = 0;
  let at = 0;
  const next = (): Buffer => {
    const found = body.indexOf(LINE_FEED, at);
    const end = found < 0 ? body.length : found;
    const bytes = body.subarray(at, end);
    at = end + 1;
    line += 1;
    return bytes;
  };
  while (at < body.length) {
    const bytes = next();
    if (/^[ \t\r]*$/.test(bytes.toString('latin1'))) continue;
    const action = readAction(bytes);
    const written = action?.index ?? index;
    if (!action || written === null || !writable.has(written))
      throw notPassed(
        `line ${line} of the bulk request is not one plain action on an index that passWrites lists`,
      );
    if (action.name !== 'delete') next();
  }
}

/** The action of a line, and the index that it names; null when it is not strictly one. */
function readAction(line: Buffer): { readonly name: string; readonly index: string | null } | null {
  const scan = scanDocument(line);
  if (!scan.ok) return null;
  const { document } = scan;
  const [action, more] = document.members();
  if (!action || more || !ACTIONS.has(action.key)) return null;
  const metadata = document.value(action.key);
  if (!isObject(metadata) || !Object.keys(metadata).every((name) => METADATA.has(name))) return null;
  const { _index: index = null } = metadata;
  return index === null || typeof index === 'string' ? { name: action.key, index } : null;
}

function notPassed(reason: string): KindredError {
  return new KindredError('write-not-passed', reason, { status: 403 });
}
