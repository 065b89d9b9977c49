// From measurements to the contract's figures, and to a table of 80 columns that says what was missed.
import { describe, expect, test } from '@jest/globals';
import type { Machine } from '../../../src/bench/processes/machine.js';
import { againstNginx, throughput } from '../../../src/bench/proxy/nginx-comparison.js';
import { type BenchParts, benchReport } from '../../../src/bench/report/bench-report.js';
import { benchTable } from '../../../src/bench/report/bench-table.js';
import { handwritten } from '../../../src/bench/search/search-part.js';
import { missing, reportSchema } from './report-schema.js';

const machine: Machine = {
  cpu: 'some',
  cores: 2,
  memory_gib: 24,
  system: 'linux x64',
  node: 'v20.20.2',
  engine: 'opensearch 3.4.0',
};
const nothing: BenchParts = { search: null, proxy: null, training: null, intake: null, window: null };
const times = (p50: number, p99 = 2 * p50) => ({ count: 200, p50, p90: p50, p99 });
const point = { engine: 1, personalized: 2, ratio: 2 };
const load = { ...times(4), per_s: 250 };

const round = { personalized_30: 700, personalized_100: 600, personalized_300: 400, off: 800, nginx: 1_000 };

const parts: BenchParts = {
  search: {
    products: 1_000_000,
    segments: 12,
    matches: 500_000,
    times: {
      engine: times(20),
      off: times(21),
      personalized_30: times(25),
      personalized_100: times(30),
      personalized_300: times(50),
      personalized_1000: times(62),
      handwritten_100: times(600),
    },
    page_21: { engine: times(22), personalized_1000: times(55) },
    narrow: {
      matches: 2_000,
      times: { engine: times(2), personalized_100: times(4.5) },
      added_ms: 2.5,
    },
    words_alone: { engine: times(1), personalized_100: times(3), handwritten_100: times(90) },
    curves: {
      matches: [1_000, 2_000, 10_000, 100_000, 500_000, 1_000_000].map((matches) => ({ matches, ...point })),
      affinities: [0, 10, 30, 100, 200, 300].map((affinities) => ({ affinities, ...point })),
      clients: [1, 10, 50, 200].map((clients) => ({
        clients,
        engine: load,
        personalized: null,
        unpersonalized: 3,
      })),
    },
    discarded: 1,
  },
  proxy: {
    per_s: throughput([round]),
    vs_nginx: againstNginx([round]),
    latency: { rate: 1_000, stub: times(0.25, 1), proxy: times(0.75, 12) },
    memory: Array.from({ length: 11 }, (_, at) => ({ requests: 100_000 * at, rss_mib: 150 + at })),
    applied: 1,
    failed: 0,
  },
  training: {
    events: 10_000_000,
    people: 200_000,
    seconds: 28.123456,
    peak_mib: 1_500,
    published: { documents: 298_816, seconds: 60, per_s: 4_980 },
  },
  intake: { events: 90_000, seconds: 10, per_s: 9_000 },
  window: {
    products: 68_492,
    searches: 300,
    matches: { category: 1_200, words: 3_400 },
    boosts: { category: 60, words: 800 },
    rows: ([100, null] as const).flatMap((window) =>
      (['category', 'words'] as const).map((kind) => ({
        shards: 1,
        kind,
        window,
        overlap_10: 0.9,
        overlap_24: 0.8,
        p50_ms: 12.3,
        vs_plain: 1.234,
      })),
    ),
  },
};

describe('the report', () => {
  test('of a whole run has every figure of the contract', () => {
    const report = reportSchema.parse(JSON.parse(JSON.stringify(benchReport(parts, machine, []))));
    expect(missing(report)).toEqual([]);
    expect(report).toMatchObject({
      ratios: {
        personalized_vs_plain: { '30': 1.25, '100': 1.5, '300': 2.5, '1000': 3.1 },
        personalized_vs_plain_page_21: { '1000': 2.5 },
        handwritten_vs_personalized: 20,
        proxy_vs_nginx: 0.7,
      },
      added_ms: { p50: 0.5, p99: 11 },
      training: { events: 10_000_000, seconds: 28.123, peak_mib: 1_500 },
      intake_per_s: 9_000,
      machine,
    });
  });

  test('of nothing has none of them, in the same shape', () => {
    const report = reportSchema.parse(benchReport(nothing, machine, []));
    expect(missing(report)).toHaveLength(13);
  });

  test('without nginx lacks the ratio to nginx alone', () => {
    const { proxy } = parts;
    const without = { ...parts, proxy: proxy && { ...proxy, per_s: null, vs_nginx: null } };
    expect(missing(reportSchema.parse(benchReport(without, machine, [])))).toEqual(['ratios.proxy_vs_nginx']);
  });
});

test('against nginx counts the ratio of each round, and the middle one', () => {
  const rounds = [
    { ...round, nginx: 1_000, personalized_30: 600 },
    { ...round, nginx: 500, personalized_30: 350 },
    { ...round, nginx: 2_000, personalized_30: 1_600 },
  ];
  expect(againstNginx(rounds).personalized_30).toBe(0.7);
  expect(throughput(rounds)).toMatchObject({ nginx: 1_000, personalized_30: 600 });
});

describe('the table', () => {
  const table = (of: BenchParts, notes: string[] = []) => benchTable(benchReport(of, machine, notes));

  test('fits 80 columns', () => {
    const lines = table(parts, ['a note']).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.length).toBeGreaterThan(40);
  });

  test('says what was met, missed and not measured', () => {
    const text = table(parts);
    expect(text).toMatch(/p50, 30 affinities +≤ 1\.3 +1\.25 +met$/m);
    expect(text).toMatch(/p50, 300 affinities +≤ 1\.8 +2\.5 +MISSED$/m);
    expect(text).toMatch(/p50, 1,000 affinities +≤ 3 +3\.1 +MISSED$/m);
    expect(text).toMatch(/page 21, 1,000 affinities +≤ 3 +2\.5 +met$/m);
    expect(text).toMatch(/50 connections, p99 +≤ 10 +11 ms +MISSED$/m);
    expect(text).toMatch(/batches of 100 +≥ 5,000 +9,000 +met$/m);
    const { proxy } = parts;
    const without = table({ ...nothing, proxy: proxy && { ...proxy, per_s: null, vs_nginx: null } });
    expect(without).toMatch(/nginx, one core +≥ 0\.6 +– +not measured$/m);
    expect(without).not.toMatch(/affinities/);
  });
});

test('by hand the functions stand around the query itself, and nothing else changes', () => {
  const query = { match: { title: 'boots' } };
  expect(handwritten({ size: 24, query }, [{ field: 'brand', value: 'Arlo', factor: 1.5 }])).toEqual({
    size: 24,
    query: {
      function_score: {
        query,
        functions: [{ filter: { term: { brand: 'Arlo' } }, weight: 1.5 }],
        score_mode: 'multiply',
        boost_mode: 'multiply',
      },
    },
  });
});
