// Props that all sections of the configure page share.
import type { Finding } from '../../../core/errors.js';
import type { Model } from '../../../core/model/model.js';

export interface SectionProps<Key extends keyof Model> {
  readonly value: Model[Key];
  /** @param edit returns the new value of the setting */
  readonly onEdit: (key: Key, edit: (value: Model[Key]) => Model[Key]) => void;
  readonly findings: readonly Finding[];
  readonly disabled: boolean;
}
