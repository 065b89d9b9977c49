// Search templates: rendered, then handled as the searches they stand for. What is not personalized goes as it came.

import type { SkipReason } from '../core/skip-reason.js';
import { replaceBodies } from '../query/body/msearch-body.js';
import { handleMsearch, itemCatalog, type MsearchRequest } from './handle-msearch.js';
import { handleSearch } from './handle-search.js';
import { readMsearch } from './request/read-msearch.js';
import { renderTemplate, searchTarget } from './request/render-template.js';
import { type SearchRequest, servingModel } from './search-pipeline.js';
import type { Exchange } from './upstream/exchange.js';
import { leaveAlone } from './upstream/leave-alone.js';

/** One template, in place of the body of a `_search`. */
export async function handleTemplate(exchange: Exchange, request: SearchRequest): Promise<void> {
  const { received: template, catalog } = request;
  const target = searchTarget(exchange.target);
  const reason = target === null ? 'unsupported' : await whyNot(exchange, request, [catalog?.index]);
  const rendered = reason === null ? await renderTemplate(exchange, template) : null;
  if (target === null || rendered === null) return leaveAlone(exchange, template, reason ?? 'unsupported');
  const asCame = { target: exchange.target, body: template };
  return handleSearch({ ...exchange, target }, { ...request, received: rendered }, asCame);
}

/** Templates in place of the body lines of an `_msearch`: all are rendered, or all go as they came. */
export async function handleTemplates(exchange: Exchange, request: MsearchRequest): Promise<void> {
  const { received, pathIndex } = request;
  const { deps } = exchange;
  const target = searchTarget(exchange.target);
  const msearch = readMsearch(received, deps.engine);
  const indices = msearch.items.map((item) => itemCatalog(item, pathIndex, deps.catalogs)?.index);
  const whole = target !== null && msearch.terminated;
  const reason = whole ? await whyNot(exchange, request, indices) : 'unsupported';
  const rendered = await Promise.all(
    (reason === null ? msearch.items : []).map(({ body }) =>
      renderTemplate(exchange, received.subarray(body.start, body.end)),
    ),
  );
  const lines = rendered.flatMap((text) => (text === null ? [] : [oneLine(text)]));
  if (target === null || lines.length === 0 || lines.length < msearch.items.length)
    return leaveAlone(exchange, received, reason ?? 'unsupported');
  const searches = replaceBodies(received, msearch, new Map(lines.entries()));
  const asCame = { target: exchange.target, body: received };
  return handleMsearch({ ...exchange, target }, { ...request, received: searches }, asCame);
}

/** Why rendering is not worth the way to the engine; null when it is. */
async function whyNot(
  { deps }: Exchange,
  { trusted, directives }: Pick<SearchRequest, 'trusted' | 'directives'>,
  indices: readonly (string | undefined)[],
): Promise<SkipReason | null> {
  const serving = await servingModel(deps, trusted, directives);
  if (typeof serving === 'string') return serving;
  return indices.includes(serving.active.model.catalog) ? null : 'unsupported';
}

/** JSON has line feeds between its parts only, where a space is as good. */
function oneLine(text: Buffer): Buffer {
  return Buffer.from(text.toString('latin1').replaceAll('\n', ' '), 'latin1');
}
