// The JSON of `kindred bench`: the figures of the contract, and the measurements behind them.
import type { IntakeResult } from '../intake-part.js';
import type { Machine } from '../processes/machine.js';
import { addedLatency, type ProxyResult } from '../proxy/proxy-part.js';
import { type SearchResult, searchRatios } from '../search/search-part.js';
import type { TrainingResult } from '../training/training-part.js';
import type { WindowResult } from '../window/window-part.js';
import { rounded } from './statistics.js';

/** Null where a part did not run. */
export interface BenchParts {
  readonly search: SearchResult | null;
  readonly proxy: ProxyResult | null;
  readonly training: TrainingResult | null;
  readonly intake: IntakeResult | null;
  readonly window: WindowResult | null;
}

/** Null where a part did not run, or nginx or wrk is not installed. */
export interface BenchReport {
  readonly ratios: {
    readonly personalized_vs_plain: Readonly<Record<'30' | '100' | '300' | '1000', number | null>>;
    readonly personalized_vs_plain_page_21: Readonly<Record<'1000', number | null>>;
    readonly handwritten_vs_personalized: number | null;
    readonly proxy_vs_nginx: number | null;
  };
  readonly added_ms: { readonly p50: number | null; readonly p99: number | null };
  readonly training: {
    readonly events: number | null;
    readonly seconds: number | null;
    readonly peak_mib: number | null;
  };
  readonly intake_per_s: number | null;
  readonly machine: Machine;
  /** one line for each thing that could not be measured, and what to do */
  readonly notes: readonly string[];
  readonly parts: BenchParts;
}

export function benchReport(parts: BenchParts, machine: Machine, notes: readonly string[]): BenchReport {
  const { search, proxy, training, intake } = parts;
  return {
    ratios: { ...searchRatios(search), proxy_vs_nginx: proxy?.vs_nginx?.personalized_30 ?? null },
    added_ms: addedLatency(proxy?.latency),
    training: {
      events: training?.events ?? null,
      seconds: training && rounded(training.seconds),
      peak_mib: training?.peak_mib ?? null,
    },
    intake_per_s: intake?.per_s ?? null,
    machine,
    notes,
    parts,
  };
}
