// The result of an evaluation, in the shape of its JSON, and its options.
import type { ProductEvent } from '../core/affinity/affinity.js';
import type { BoostPlan } from '../core/boost-plan/boost-plan.js';
import type { MeasureId } from '../core/model/measures.js';
import type { ActiveModel, Model } from '../core/model/model.js';
import type { PresetSettings } from '../core/model/presets.js';
import type { EngineClient } from '../engine/client/client.js';
import type { ProfilesInMemory } from './train-in-memory.js';

export type EvaluationTask = 'category' | 'session';

/** Means over subjects (users, or visitors' sessions) of means over their queries, each 0–1. */
export interface MethodResult {
  readonly ndcg10: number;
  readonly mrr: number;
  readonly hit10: number;
  /** 95 % interval of ndcg10, by bootstrap over subjects */
  readonly ci95: readonly [number, number];
  /** 95 % interval of the difference of ndcg10 from `off`, subjects paired */
  readonly vs_off: readonly [number, number];
}

export interface Evaluation {
  readonly task: EvaluationTask;
  /** YYYY-MM-DD */
  readonly cut: string;
  readonly until: string;
  /** subjects judged */
  readonly people: number;
  readonly sets: Readonly<
    Partial<
      Record<
        MeasureId,
        { readonly queries: number; readonly methods: Readonly<Record<string, MethodResult>> }
      >
    >
  >;
  /** only where an engine was asked */
  readonly exact?: ExactNames;
}

/** Products asked for by their own names, one user for each. */
export interface ExactNames {
  /** kind and version */
  readonly engine: string;
  /** by the field that the name is from: the title, the id, codes */
  readonly namedBy: Readonly<Record<string, NamedBy>>;
}

export interface NamedBy {
  readonly queries: number;
  /** share of the queries that were personalized */
  readonly personalized: number;
  /** share of the queries with the named product first: `off`, `impact_25`, … */
  readonly first: Readonly<Record<string, number>>;
}

/** One request as the product would see it. `now` is in milliseconds since the epoch. */
export interface PlanRequest {
  readonly userId: string | null;
  /** null: a search in all products */
  readonly category: string | null;
  readonly sessionEvents: readonly ProductEvent[];
  readonly now: number;
}

export type PlanFor = (request: PlanRequest) => Promise<BoostPlan>;

/** The search's own way from profiles to a plan, over documents in memory. */
export type CreatePlanFor = (active: ActiveModel, profiles: ProfilesInMemory) => PlanFor;

export interface EvaluateOptions {
  /** dataset directory */
  readonly dataset: string;
  readonly task: EvaluationTask;
  /** train on events before this, judge from it on; midnight UTC in milliseconds since the epoch, as `until` */
  readonly cut: number;
  readonly until: number;
  /** only these are judged; null: all */
  readonly users: ReadonlySet<string> | null;
  /** events before the cut that the `users` keep, the last ones; absent: all. Other users keep all */
  readonly history?: number;
  /** null: the default model of this dataset */
  readonly model: Model | null;
  /** settings put in place of the model's own */
  readonly preset?: PresetSettings;
  /** categories whose name has one of these words are not judged */
  readonly excluded: readonly string[];
  /** asked for products by their own names; absent: that is not measured */
  readonly engine?: EngineClient;
  /** @param share of the work done, 0–1 */
  readonly onProgress?: (share: number, stage: string) => void;
}
