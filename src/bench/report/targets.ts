// The performance targets, which every run prints beside its figures.
import type { BenchReport } from './bench-report.js';

export interface Target {
  readonly what: string;
  /** as it is printed, e.g. `≤ 1.3` */
  readonly target: string;
  readonly value: (report: BenchReport) => number | null;
  readonly met: (value: number) => boolean;
  readonly unit?: string;
  /** the part that measures it */
  readonly part: keyof BenchReport['parts'];
}

const atMost = (limit: number) => ({
  target: `≤ ${limit.toLocaleString('en-US')}`,
  met: (v: number) => v <= limit,
});
const atLeast = (limit: number) => ({
  target: `≥ ${limit.toLocaleString('en-US')}`,
  met: (v: number) => v >= limit,
});

export const TARGETS: readonly Target[] = [
  ...(
    [
      ['30', 1.3],
      ['100', 1.5],
      ['300', 1.8],
      ['1000', 3],
    ] as const
  ).map(
    ([boosts, limit]): Target => ({
      what: `personalized ÷ plain, p50, ${Number(boosts).toLocaleString('en-US')} affinities`,
      ...atMost(limit),
      value: ({ ratios }) => ratios.personalized_vs_plain[boosts],
      part: 'search',
    }),
  ),
  {
    what: '… on page 21, 1,000 affinities',
    ...atMost(3),
    value: ({ ratios }) => ratios.personalized_vs_plain_page_21['1000'],
    part: 'search',
  },
  {
    what: 'by hand ÷ personalized, p50, 100 affinities',
    ...atLeast(15),
    value: ({ ratios }) => ratios.handwritten_vs_personalized,
    part: 'search',
  },
  {
    what: 'added to a narrow query, p50, 100 affinities',
    ...atMost(5),
    unit: 'ms',
    value: ({ parts }) => parts.search?.narrow.added_ms ?? null,
    part: 'search',
  },
  {
    what: 'throughput of the proxy ÷ nginx, one core',
    ...atLeast(0.6),
    value: ({ ratios }) => ratios.proxy_vs_nginx,
    part: 'proxy',
  },
  {
    what: 'added by the proxy at 50 connections, p50',
    ...atMost(1),
    unit: 'ms',
    value: ({ added_ms }) => added_ms.p50,
    part: 'proxy',
  },
  {
    what: 'added by the proxy at 50 connections, p99',
    ...atMost(10),
    unit: 'ms',
    value: ({ added_ms }) => added_ms.p99,
    part: 'proxy',
  },
  {
    what: 'training',
    ...atMost(30),
    unit: 's',
    value: ({ training }) => training.seconds,
    part: 'training',
  },
  {
    what: 'training, most memory held',
    ...atMost(2_048),
    unit: 'MiB',
    value: ({ training }) => training.peak_mib,
    part: 'training',
  },
  {
    what: 'events acknowledged a second, batches of 100',
    ...atLeast(5_000),
    value: ({ intake_per_s }) => intake_per_s,
    part: 'intake',
  },
];
