// What every section of the configure page is given.
import type { Finding } from '../../../core/errors.js';
import type { Model } from '../../../core/model/model.js';

export interface SectionProps<Key extends keyof Model> {
  readonly value: Model[Key];
  /** Replaces the setting by what `edit` makes of it. */
  readonly onEdit: (key: Key, edit: (value: Model[Key]) => Model[Key]) => void;
  readonly findings: readonly Finding[];
  readonly disabled: boolean;
}
