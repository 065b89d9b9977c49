// What a preview can show beside OFF: of every model its newest and its active version, its saved configuration, and the
// edits that are not saved in this tab.
import type { ModelView } from '../../../contract/model.js';
import type { PreviewVariant } from '../../../contract/preview.js';
import { sameConfig } from '../model/model-config.js';
import { type DraftStore, readDraft } from '../model/unsaved-draft.js';
import { DRAFT_SUFFIX } from './preview-address.js';

export interface VariantOption {
  /** in the address of the preview */
  readonly key: string;
  readonly label: string;
  readonly catalog: string;
  /** a model without a trained version has no profiles to show */
  readonly trained: boolean;
  /** what shoppers see today */
  readonly serves: boolean;
  readonly variant: PreviewVariant;
}

export function variantOptions(models: readonly ModelView[], store: DraftStore): VariantOption[] {
  return models.flatMap((model) => optionsOf(model, store));
}

/** The wanted ones that are trained; else the active version, else the first that is trained. */
export function chosenOptions(options: readonly VariantOption[], wanted: readonly string[]): VariantOption[] {
  const usable = options.filter(({ trained }) => trained);
  const chosen = usable.filter(({ key }) => wanted.includes(key));
  const usual = usable.find(({ serves }) => serves) ?? usable[0];
  return chosen.length > 0 ? chosen : usual ? [usual] : [];
}

function optionsOf(
  { id, name, catalog, state, version, activeVersion }: ModelView,
  store: DraftStore,
): VariantOption[] {
  const trained = version > 0;
  const serves = trained && activeVersion === version;
  const draft = readDraft(store, id);
  const edited = draft && !sameConfig(draft.base, draft.config) ? draft.config : null;
  const option = (key: string, label: string, variant: PreviewVariant): VariantOption => ({
    key,
    label,
    catalog,
    trained,
    serves: false,
    variant: { label, ...variant },
  });
  const newest = !trained ? name : serves ? `${name} (active)` : `${name}, version ${version}`;
  return [
    { ...option(id, newest, { model: id }), serves },
    ...(activeVersion !== null && !serves
      ? [
          {
            ...option(`${id}:active`, `${name} (active), version ${activeVersion}`, {
              model: id,
              state: 'active',
            }),
            serves: true,
          },
        ]
      : []),
    ...(trained && state === 'draft'
      ? [option(`${id}:configured`, `${name} as it is saved now`, { model: id, state: 'draft' })]
      : []),
    ...(edited
      ? [option(`${id}${DRAFT_SUFFIX}`, `${name} with unsaved changes`, { configuration: edited })]
      : []),
  ];
}
