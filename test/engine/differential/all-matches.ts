// From a search to the one that shows the plain score of every match.
import type { Asked } from './requests.js';
import { type JsonObject, spell } from './spelling.js';

/** What pages, sorts, counts or only costs time. */
const LEFT_OUT = new Set([
  'from',
  'size',
  'sort',
  'search_after',
  'collapse',
  'rescore',
  'aggs',
  'suggest',
  'explain',
  'track_total_hits',
  'track_scores',
  'stored_fields',
  'pit',
  'timeout',
]);
/** URL parameters that say what matches, how it scores and what a hit holds. */
const KEPT = new Set([
  'q',
  'df',
  'default_operator',
  'search_type',
  'preference',
  'routing',
  'terminate_after',
  '_source',
  '_source_includes',
  '_source_excludes',
  'docvalue_fields',
]);

/** More hits than the shop has products. */
const ALL = 1000;

export function allMatches(body: JsonObject, parameters: Readonly<Record<string, string>>): Asked {
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => !LEFT_OUT.has(name)));
  return {
    shape: 'all matches',
    method: 'POST',
    path: '/@index@/_search',
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => KEPT.has(name))),
    headers: { 'content-type': 'application/json' },
    body: spell({ ...kept, size: ALL }),
    gzip: false,
  };
}
