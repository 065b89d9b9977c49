// Search templates: the engine renders them, and they are then handled as the searches they stand for.

import type { SkipReason } from '../../core/skip-reason.js';
import { replaceBodies } from '../../query/body/msearch-body.js';
import { splitParameters } from '../../query/body/url-parameters.js';
import { scanDocument } from '../../query/json/json-document.js';
import { type Exchange, fetchBuffered } from '../upstream/forward.js';
import {
  type BatchSource,
  itemNames,
  multiSearch,
  namesIn,
  readMsearch,
  type SearchBatch,
  singleSearch,
} from './search-batch.js';

/**
 * URL parameters that mean the same to a template and to a search. The others, such as `size` or `q`, stand for parts of
 * a body: engines overlook them beside a template.
 */
const SAME_MEANING = new Set(
  `allow_no_indices allow_partial_search_results batched_reduce_size cancel_after_time_interval
  ccs_minimize_roundtrips error_trace expand_wildcards filter_path human ignore_throttled ignore_unavailable
  max_concurrent_searches max_concurrent_shard_requests pre_filter_shard_size preference pretty request_cache
  rest_total_hits_as_int routing scroll search_pipeline search_type typed_keys`.split(/\s+/),
);

/** Why templates on what each of them names are not worth rendering; null when they are. */
export type SkipTemplates = (named: readonly (readonly string[])[]) => Promise<SkipReason | null>;

/** One template, in place of the body of a `_search`. */
export async function renderedSearchBatch(
  exchange: Exchange,
  source: BatchSource,
  skipReason: SkipTemplates,
): Promise<SearchBatch | SkipReason> {
  const { body: template, target: templateTarget, index } = source;
  const target = searchTarget(templateTarget);
  if (target === null) return 'unsupported';
  const reason = await skipReason([namesIn(index)]);
  if (reason) return reason;
  const body = await render(exchange, template);
  const original = { target: templateTarget, body: template };
  return body === null ? 'unsupported' : singleSearch({ ...source, body, target, original });
}

/** Templates in place of the body lines of an `_msearch`: all are rendered, or none. */
export async function renderedMultiSearchBatch(
  exchange: Exchange,
  source: BatchSource,
  skipReason: SkipTemplates,
): Promise<SearchBatch | SkipReason> {
  const { body: received, target: templateTarget, index } = source;
  const target = searchTarget(templateTarget);
  const msearch = readMsearch(received, exchange.engine);
  const { items, terminated } = msearch;
  if (target === null || !terminated) return 'unsupported';
  const reason = await skipReason(items.map((item) => itemNames(item, index)));
  if (reason) return reason;
  const rendered = await Promise.all(
    items.map(({ body }) => render(exchange, received.subarray(body.start, body.end))),
  );
  const lines = rendered.flatMap((text) => (text === null ? [] : [oneLine(text)]));
  if (lines.length === 0 || lines.length < items.length) return 'unsupported';
  const body = replaceBodies(received, msearch, new Map(lines.entries()));
  const original = { target: templateTarget, body: received };
  return multiSearch({ ...source, body, target, original }, exchange.engine);
}

/** `/products/_search/template?…` → `/products/_search?…`; null when the URL has parameters that change meaning. */
function searchTarget(target: string): string | null {
  const mark = target.indexOf('?');
  const [path, search] = mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark)];
  const same = splitParameters(search).every(({ name, text }) => text === '' || SAME_MEANING.has(name));
  return same ? path.replace(/\/template\/*$/, '') + search : null;
}

/** The search that a template stands for; null when the engine does not render it: it then says why, itself. */
async function render(exchange: Exchange, template: Buffer): Promise<Buffer | null> {
  const { status, bytes } = await fetchBuffered(exchange, { target: '/_render/template', body: template });
  return status === 200 ? renderedSearch(bytes, template) : null;
}

/** JSON has line feeds between its parts only, where a space is as good. */
function oneLine(text: Buffer): Buffer {
  return Buffer.from(text.toString('latin1').replaceAll('\n', ' '), 'latin1');
}

/** Given beside a template, not in it: there the engines overrule them. */
const FLAGS = ['explain', 'profile'];

/**
 * The search body, byte for byte as it was rendered but for the flags. Null where the engine itself should judge.
 * @param response of `_render/template`
 * @param template the body that was rendered: `source` or `id`, `params`, and the flags
 */
export function renderedSearch(response: Buffer, template: Buffer): Buffer | null {
  const outer = scanDocument(response);
  const given = scanDocument(template);
  if (!outer.ok || !given.ok) return null;
  const [output, more] = outer.document.members();
  // Braces that do not pair up in a template can end the rendered text early.
  if (output?.key !== 'template_output' || more !== undefined) return null;
  const rendered = scanDocument(response.subarray(output.start, output.end));
  if (!rendered.ok) return null;
  const search = rendered.document;
  const kept = search.edited(search.removeMembers([], new Set(FLAGS)));
  const set = FLAGS.filter((flag) => String(given.document.value(flag)) === 'true');
  if (set.length === 0) return kept.bytes;
  return kept.edited(kept.insertMembers([], Object.fromEntries(set.map((flag) => [flag, 'true'])))).bytes;
}
