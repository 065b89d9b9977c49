// What a preview can show beside OFF: of every model its current and its live version, its saved draft, and the
// edits that are not saved in this tab.
import type { ModelView } from '../../../contract/model.js';
import type { PreviewVariant } from '../../../contract/preview.js';
import { type DraftStore, readEdits } from '../model/unsaved-draft.js';
import { DRAFT_SUFFIX } from './preview-address.js';

export interface VariantOption {
  /** in the address of the preview */
  readonly key: string;
  readonly label: string;
  /** of the model */
  readonly name: string;
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

/** The wanted ones that are trained; else the live version, else the first that is trained. */
export function chosenOptions(options: readonly VariantOption[], wanted: readonly string[]): VariantOption[] {
  const usable = options.filter(({ trained }) => trained);
  const chosen = usable.filter(({ key }) => wanted.includes(key));
  const usual = usable.find(({ serves }) => serves) ?? usable[0];
  return chosen.length > 0 ? chosen : usual ? [usual] : [];
}

function optionsOf(
  { id, name, catalog, edits, currentVersion, activeVersion }: ModelView,
  store: DraftStore,
): VariantOption[] {
  const trained = currentVersion !== null;
  const serves = trained && activeVersion === currentVersion;
  const edited = readEdits(store, id)?.config;
  const option = (key: string, label: string, variant: PreviewVariant): VariantOption => ({
    key,
    label,
    name,
    catalog,
    trained,
    serves: false,
    variant: { label, ...variant },
  });
  const current = trained ? `${name}, version ${currentVersion}${serves ? ' (live)' : ''}` : name;
  return [
    { ...option(id, current, { model: id }), serves },
    ...(activeVersion !== null && !serves
      ? [
          {
            ...option(`${id}:active`, `${name}, version ${activeVersion} (live)`, {
              model: id,
              state: 'active',
            }),
            serves: true,
          },
        ]
      : []),
    ...(trained && edits.length > 0
      ? [option(`${id}:configured`, `${name}, draft`, { model: id, state: 'draft' })]
      : []),
    ...(edited ? [option(`${id}${DRAFT_SUFFIX}`, `${name}, not saved`, { configuration: edited })] : []),
  ];
}

/** Models that are wanted and were never trained; with none trained at all, the first. */
export function untrainedOptions(
  options: readonly VariantOption[],
  wanted: readonly string[],
): VariantOption[] {
  const untrained = options.filter(({ trained }) => !trained);
  const asked = untrained.filter(({ key }) => wanted.includes(key));
  return asked.length > 0 || untrained.length < options.length ? asked : untrained.slice(0, 1);
}
