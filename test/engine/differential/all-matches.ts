// From a search to the one that shows the plain score of every match.
import type { Hit, SearchAnswer } from './law.js';
import { PRODUCTS } from './shop.js';
import { keysBeforeScore } from './sort-groups.js';
import { type JsonObject, spell } from './spelling.js';
import type { World } from './world.js';

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
const SHARDS = ['_shards:0', '_shards:1'];

/**
 * Every match that can be personalized, with its plain score: all of them, or where windows are smaller than the
 * shop the best of each shard. In the order of the search where other keys than the score come first. Null where the
 * engine cannot tell.
 */
export async function everyMatch(
  world: World,
  body: JsonObject,
  parameters: Readonly<Record<string, string>>,
): Promise<readonly Hit[] | null> {
  const sorted = keysBeforeScore(body, parameters) > 0;
  const isSort = (name: string) => sorted && name === 'sort';
  const kept = {
    ...Object.fromEntries(Object.entries(body).filter(([name]) => isSort(name) || !LEFT_OUT.has(name))),
    ...(sorted && { track_scores: true }),
  };
  const said = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => isSort(name) || KEPT.has(name)),
  );
  const windowed = world.window < PRODUCTS;
  const answers = await Promise.all(
    (windowed ? SHARDS : [said.preference]).map((preference) =>
      world.send('engine', {
        shape: 'all matches',
        method: 'POST',
        path: '/@index@/_search',
        parameters: { ...said, ...(preference !== undefined && { preference }) },
        headers: { 'content-type': 'application/json' },
        body: spell({ ...kept, size: windowed ? world.window : ALL }),
        gzip: false,
      }),
    ),
  );
  if (answers.some(({ status }) => status !== 200)) return null;
  return answers.flatMap((answer) => (JSON.parse(answer.body.toString()) as SearchAnswer).hits?.hits ?? []);
}
