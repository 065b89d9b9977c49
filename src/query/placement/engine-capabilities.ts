// What the engine can do, as far as it decides how a search is personalized.
import type { EngineKind } from '../../core/engine-kind.js';

/** How the script reads a field: text (keyword, boolean), or numbers that the index holds in single precision or not. */
export type ScriptType = 'text' | 'float' | 'number';

/** Mapping paths that the script can read, as term and range filters read them. */
export type ScriptFields = ReadonlyMap<string, ScriptType>;

/** Mapping path → the paths, itself among them or not, that hold the same value of a product, not analyzed. */
export type ExactFields = ReadonlyMap<string, ReadonlySet<string>>;

export interface BoostFields {
  readonly script: ScriptFields;
  /**
   * Mapping paths of different kinds in the indices behind one alias: a filter that one index takes fails on the shards
   * of another, whose hits are then missing.
   */
  readonly conflicting: ReadonlySet<string>;
  /** absent while the mapping is not known */
  readonly exact?: ExactFields;
  /** Fields in nested objects, each with the innermost of these: mapping paths. */
  readonly nested: NestedFields;
  /** what a product can be named by; absent: nothing is known of the mapping */
  readonly names?: NamePaths;
}

/** Mapping paths that a filter finds, alike in every index behind the catalog. */
export interface NamePaths {
  readonly keywords: ReadonlySet<string>;
  readonly longs: ReadonlySet<string>;
  /** texts that know the positions of their words */
  readonly phrases: ReadonlySet<string>;
}

export type NestedFields = ReadonlyMap<string, string>;

export interface EngineCapabilities {
  readonly kind: EngineKind;
  /** id of the stored Painless script; null where there is none */
  readonly painless: string | null;
  /** the `rescorer` retriever: Elasticsearch 8.18 and later */
  readonly rescorerRetriever: boolean;
  /** hits the engine lets a rescore window hold: `index.max_rescore_window` */
  readonly maxWindow: number;
  /** has the UBI plugin, which reads `ext.ubi` of a search; without it that is refused */
  readonly ubi?: boolean;
  /** by catalog index */
  readonly boostFields?: ReadonlyMap<string, BoostFields>;
}
