// The statistics of a benchmark: percentiles, medians, ratios, differences.

/** Percentiles in milliseconds; `count` is the number of samples. */
export interface Times {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** Nearest rank: the smallest sample that at least this share of all does not exceed. NaN without samples. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Null when nothing was measured. */
export function timesOf(samples: readonly number[]): Times | null {
  if (samples.length === 0) return null;
  const sorted = Float64Array.from(samples).sort();
  const at = (share: number) => rounded(percentile([...sorted], share));
  return { count: samples.length, p50: at(0.5), p90: at(0.9), p99: at(0.99) };
}

/** The middle value, or the mean of the two in the middle; null without values. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  return high === undefined || low === undefined ? null : (low + high) / 2;
}

/** Null where a side was not measured, or the divisor is 0. */
export function ratio(one: number | null | undefined, other: number | null | undefined): number | null {
  return one == null || !other ? null : rounded(one / other);
}

/** Null where a side was not measured. */
export function difference(one: number | null | undefined, other: number | null | undefined): number | null {
  return one == null || other == null ? null : rounded(one - other);
}

/** Share of the first `k` of `wanted` that are among the first `k` of `got`; 1 when `wanted` is empty. */
export function overlap(wanted: readonly string[], got: readonly string[], k: number): number {
  const first = wanted.slice(0, k);
  const found = new Set(got.slice(0, k));
  return first.length === 0 ? 1 : first.filter((id) => found.has(id)).length / first.length;
}

/** To three decimals: more than any run reproduces. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** That share of the usual count; at least one. */
export function scaled(effort: number, count: number): number {
  return Math.max(1, Math.round(effort * count));
}
