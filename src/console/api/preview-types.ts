// What a preview is asked and answers.
import type { Model } from '../../core/model/model.js';

export interface PersonaAffinity {
  readonly field: string;
  readonly value: string;
  /** 1–5: 2 to 32 times as often as everybody */
  readonly strength: number;
}

export interface SessionStep {
  readonly action: 'click';
  readonly object_id: string;
}

export interface PreviewVariant {
  readonly label?: string;
  readonly model?: string;
  readonly state?: 'active' | 'draft';
  readonly configuration?: Model;
  readonly impact?: number;
}

export interface PreviewInput {
  readonly catalog: string;
  readonly query: string;
  readonly category: string | null;
  readonly size: number;
  readonly who: {
    readonly user_id?: string;
    readonly persona?: { readonly affinities: readonly PersonaAffinity[] };
  };
  readonly session: readonly SessionStep[];
  readonly variants: readonly PreviewVariant[];
  readonly title_field?: string;
  readonly image_field?: string;
}

export interface ShownAffinity {
  readonly field: string;
  readonly value: string;
  readonly factor: number;
  readonly profile: string;
  readonly product?: 'buy_again' | 'related';
}

export interface PlainHit {
  readonly id: string;
  readonly title: string;
  readonly image: string | null;
  readonly category: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

export interface PersonalHit extends PlainHit {
  readonly rank: number;
  /** null: behind the first 500 */
  readonly rank_without: number | null;
  readonly boost: number;
  readonly affinities: readonly ShownAffinity[];
}

export interface ShownVariant {
  readonly label: string;
  readonly model: string;
  readonly version: number;
  readonly outcome: 'applied' | 'skipped';
  readonly reason?: string;
  readonly profiles: readonly string[];
  readonly boosts: number;
  readonly needs_training: readonly { readonly path: string; readonly message: string }[];
  readonly hits: readonly PersonalHit[];
}

export interface PreviewAnswer {
  readonly query_ms: number;
  readonly total: number;
  readonly base: string;
  readonly off: { readonly hits: readonly PlainHit[] };
  readonly variants: readonly ShownVariant[];
}
