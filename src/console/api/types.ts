// What the admin API answers, as far as the console reads it. The server's schemas are the reference.

import type { TimeDecay } from '../../core/affinity/time-decay.js';
import type { Model } from '../../core/model/model.js';
import type { ModelChange } from '../../core/model/model-changes.js';
import type { PresetId, PresetSettings } from '../../core/model/presets.js';
import type { Quality } from '../../core/model/quality-verdict.js';
import type { OUTCOME_WORDS } from '../lib/words/schedule-words.js';

export type Role = 'viewer' | 'editor' | 'admin';

export interface Session {
  readonly role: Role;
  /** how the audit trail knows the key in use; null where the server does not say */
  readonly actor: string | null;
  readonly version: string | null;
  readonly engine: { readonly kind: string; readonly version: string } | null;
  readonly catalogs: readonly { readonly index: string; readonly categoryField: string }[];
  readonly warnings: readonly string[];
}

export interface Settings {
  readonly personalization: { readonly enabled: boolean };
  readonly rankingMix: Readonly<
    Record<'relevance' | 'performance' | 'merchandising' | 'personalization', number>
  >;
}

export type ModelState = 'draft' | 'training' | 'trained' | 'saved' | 'active';

export type ModelView = Model & {
  readonly state: ModelState;
  /** newest trained one, 0 when there is none */
  readonly version: number;
  readonly savedVersion: number | null;
  readonly activeVersion: number | null;
  readonly changes: readonly ModelChange[];
  readonly quality: Quality | null;
  readonly updatedAt: string;
};

export interface VersionView {
  readonly version: number;
  readonly saved: boolean;
  readonly active: boolean;
  readonly trainedAt: string;
  readonly people: number;
  readonly events: number;
  readonly quality: Quality | null;
  readonly comparedTo: number | null;
  readonly changes: readonly ModelChange[];
}

export interface Training {
  readonly state: 'idle' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly version: number | null;
  readonly stage: string | null;
  /** 0–100 */
  readonly percent: number;
  readonly etaSeconds: number | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly quality: Quality | null;
  readonly notes: readonly string[];
  readonly error: string | null;
}

export interface Schedule {
  /** null: trained by hand only */
  readonly cron: string | null;
  readonly timezone: string;
  readonly next: string | null;
  readonly lastRun: {
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly outcome: keyof typeof OUTCOME_WORDS;
    readonly message: string;
  } | null;
}

export interface Preset {
  readonly id: PresetId;
  readonly name: string;
  readonly description: string;
  readonly settings: PresetSettings;
}

export interface CatalogField {
  readonly field: string;
  readonly type: 'keyword' | 'boolean' | 'number';
  /** share of the products that have a value, 0–1 */
  readonly coverage: number;
  readonly distinct: number;
}

export interface FieldValues {
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly more: boolean;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly ReadinessCheck[];
}

export interface ReadinessCheck {
  readonly name: string;
  readonly path: string | null;
  readonly ok: boolean;
  readonly warning: boolean;
  readonly message: string;
}

/** How many shoppers each profile reaches today. */
export interface Reach {
  readonly people: number;
  readonly individual: number;
  readonly group: number;
  readonly session: { readonly active_visits: number };
}

export interface EventSummary {
  readonly total: number;
  readonly byAction: readonly {
    readonly action: string;
    readonly events: number;
  }[];
  readonly windows: readonly { readonly timeDecay: TimeDecay; readonly events: number }[];
}

export interface AuditEntry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly resource: string;
  readonly detail: string;
}
