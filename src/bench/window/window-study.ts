// Runs each search in every window and without one, and compares rankings and times.
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';
import { KindredError } from '../../core/errors.js';
import { formatCount } from '../../core/format-count.js';
import type { Upstream } from '../../engine/upstream.js';
import { withProgress } from '../../terminal/progress.js';
import { overlap, percentile, ratio, rounded } from '../report/statistics.js';
import type { SearchKind, StudiedSearch } from './window-searches.js';

const WINDOWS = [100, 200, 500, 1_000, 2_000, 5_000, 10_000];
const PAGE = 24;
/** Searches that are sent before the measurement. */
const WARM_UP = 20;

export interface WindowRow {
  readonly shards: number;
  readonly kind: SearchKind;
  /** hits per shard; null: every match */
  readonly window: number | null;
  /** share of the first 10 and 24 hits of the order without a window that are there with it; means */
  readonly overlap_10: number;
  readonly overlap_24: number;
  /** p50 in milliseconds, and ÷ the same searches without boosts */
  readonly p50_ms: number;
  readonly vs_plain: number | null;
}

export interface PlannedSearch extends StudiedSearch {
  readonly plan: BoostPlan;
  /** the plan as a query, from `boostFrame` */
  readonly frame: readonly [before: string, after: string];
}

interface Sample {
  readonly kind: SearchKind;
  readonly window: number | null | 'plain';
  readonly ms: number;
  readonly overlap10: number;
  readonly overlap24: number;
}

export async function studyWindows(
  upstream: Upstream,
  index: string,
  { shards, searches }: { readonly shards: number; readonly searches: readonly PlannedSearch[] },
): Promise<WindowRow[]> {
  const samples: Sample[] = [];
  const label = `windows, ${formatCount(shards, 'shard')}`;
  await withProgress({ label, total: searches.length }, async (update) => {
    for (const search of searches.slice(0, WARM_UP)) await everyWay(upstream, index, search);
    for (const [at, search] of searches.entries()) {
      samples.push(...(await everyWay(upstream, index, search)));
      update(at + 1);
    }
  });
  return (['category', 'words'] as const).flatMap((kind) => {
    const of = (window: Sample['window']) =>
      samples.filter((sample) => sample.kind === kind && sample.window === window);
    const plain = p50(of('plain'));
    return [...WINDOWS, null].flatMap((window) => {
      const taken = of(window);
      if (taken.length === 0) return [];
      const mean = (value: (sample: Sample) => number) =>
        rounded(taken.reduce((sum, sample) => sum + value(sample), 0) / taken.length);
      return {
        shards,
        kind,
        window,
        overlap_10: mean(({ overlap10 }) => overlap10),
        overlap_24: mean(({ overlap24 }) => overlap24),
        p50_ms: rounded(p50(taken)),
        vs_plain: ratio(p50(taken), plain),
      };
    });
  });
}

/** One search without boosts, with all of them on every match, and in each window. */
async function everyWay(upstream: Upstream, index: string, planned: PlannedSearch): Promise<Sample[]> {
  const { kind, frame } = planned;
  const [before, after] = frame;
  const query = baseQuery(planned);
  const plain = await search(upstream, index, `{"size":${PAGE},"query":${query}}`);
  const exact = await search(upstream, index, `{"size":${PAGE},"query":${before}${query}${after}}`);
  const samples: Sample[] = [
    { kind, window: 'plain', ms: plain.ms, overlap10: 0, overlap24: 0 },
    { kind, window: null, ms: exact.ms, overlap10: 1, overlap24: 1 },
  ];
  for (const window of WINDOWS) {
    const rescore = `{"window_size":${window},"query":{"rescore_query":${before}{"match_all":{}}${after},"score_mode":"multiply"}}`;
    const { ids, ms } = await search(
      upstream,
      index,
      `{"size":${PAGE},"query":${query},"rescore":${rescore}}`,
    );
    const [overlap10, overlap24] = [overlap(exact.ids, ids, 10), overlap(exact.ids, ids, PAGE)];
    samples.push({ kind, window, ms, overlap10, overlap24 });
  }
  return samples;
}

/** Times √popularity, as the demo's storefront ranks. */
function baseQuery({ kind, text }: StudiedSearch): string {
  const query =
    kind === 'category'
      ? { constant_score: { filter: { term: { category: text } } } }
      : { match: { title: { query: text, operator: 'and' } } };
  const field_value_factor = { field: 'popularity', modifier: 'sqrt', missing: 0 };
  return JSON.stringify({ function_score: { query, field_value_factor } });
}

const hitsSchema = z.object({ hits: z.object({ hits: z.array(z.object({ _id: z.string() })) }) });

async function search(
  upstream: Upstream,
  index: string,
  body: string,
): Promise<{ ids: string[]; ms: number }> {
  const begun = performance.now();
  const { status, body: stream } = await upstream.request({
    method: 'POST',
    path: `/${index}/_search`,
    headers: { 'content-type': 'application/json' },
    body,
  });
  const bytes = await buffer(stream);
  const ms = performance.now() - begun;
  if (status !== 200)
    throw new KindredError('bench-search', `a search was answered ${status}: ${bytes.subarray(0, 300)}`);
  return { ids: hitsSchema.parse(JSON.parse(bytes.toString())).hits.hits.map(({ _id }) => _id), ms };
}

function p50(samples: readonly Sample[]): number {
  return percentile(
    samples.map(({ ms }) => ms).sort((a, b) => a - b),
    0.5,
  );
}
