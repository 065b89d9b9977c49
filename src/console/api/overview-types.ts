// What the overview answers.

export interface OverviewMinute {
  readonly at: string;
  readonly searches: number;
  readonly applied: number;
  /** by reason */
  readonly skipped: Readonly<Record<string, number>>;
  /** added by Kindred, in ms; null without searches */
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface OverviewTraining {
  readonly model: string;
  readonly version: number;
  readonly at: string;
  readonly seconds: number | null;
  readonly events: number;
  readonly people: number;
  readonly verdict: 'better' | 'no-worse' | 'worse' | 'not-judged' | null;
  readonly ndcg?: { readonly model: number; readonly off: number };
}

export interface Overview {
  /** sixty, the running one last */
  readonly minutes: readonly OverviewMinute[];
  /** since the start */
  readonly cache: { readonly hits: number; readonly misses: number };
  /** searches of visitors who were looked for, and those of whom something was known */
  readonly coverage: { readonly known: number; readonly searches: number };
  /** since the start */
  readonly events: { readonly accepted: number; readonly rejected: number };
  /** newest first */
  readonly trainings: readonly OverviewTraining[];
}
