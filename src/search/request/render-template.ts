// Search templates become searches: the engine renders them, and says nothing of hits yet.
import { renderedSearch } from '../../query/body/rendered-template.js';
import { splitParameters } from '../../query/body/url-parameters.js';
import { ask, type Exchange, uncompressed } from '../upstream/exchange.js';

/**
 * URL parameters that mean the same to a template and to a search. The others, such as `size` or `q`, stand for parts of
 * a body: engines overlook them beside a template.
 */
const SAME = new Set(
  `allow_no_indices allow_partial_search_results batched_reduce_size cancel_after_time_interval
  ccs_minimize_roundtrips error_trace expand_wildcards filter_path human ignore_throttled ignore_unavailable
  max_concurrent_searches max_concurrent_shard_requests pre_filter_shard_size preference pretty request_cache
  rest_total_hits_as_int routing scroll search_pipeline search_type typed_keys`.split(/\s+/),
);

/** `/products/_search/template?…` → `/products/_search?…`; null when the URL has parameters that change meaning. */
export function searchTarget(target: string): string | null {
  const mark = target.indexOf('?');
  const [path, search] = mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark)];
  const same = splitParameters(search).every(({ name, text }) => text === '' || SAME.has(name));
  return same ? path.replace(/\/template\/?$/, '') + search : null;
}

/** The search that a template stands for, or null when the engine does not render it: it then says why, itself. */
export async function renderTemplate(exchange: Exchange, template: Buffer): Promise<Buffer | null> {
  const question = { target: '/_render/template', body: template };
  const answer = await ask(uncompressed(exchange), question);
  return answer.status === 200 ? renderedSearch(answer.bytes, template) : null;
}
