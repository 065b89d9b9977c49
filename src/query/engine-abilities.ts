// What the engine behind can do, as far as it decides how a search is personalized.

export type EngineKind = 'elasticsearch' | 'opensearch';

export interface EngineAbilities {
  readonly kind: EngineKind;
  /** id of the stored Painless script; null where there is none */
  readonly painless: string | null;
  /** the `rescorer` retriever: Elasticsearch 8.18 and later */
  readonly rescorerRetriever: boolean;
  /** hits the engine lets a rescore window hold: `index.max_rescore_window` */
  readonly maxWindow: number;
}
