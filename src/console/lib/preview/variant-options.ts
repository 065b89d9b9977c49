// What a preview can show beside OFF: of every model its current and its live version, its saved draft, and the
// edits that are not saved in this tab; of one of them another impact.
import type { ModelView } from '../../../contract/model.js';
import type { PreviewVariant } from '../../../contract/preview.js';
import { type DraftStore, readEdits } from '../model/unsaved-draft.js';
import { DRAFT_SUFFIX, MAX_VARIANTS } from './preview-address.js';

export interface VariantOption {
  /** in the address of the preview */
  readonly key: string;
  readonly label: string;
  /** the label without the mark of what is live */
  readonly what: string;
  /** its own */
  readonly impact: number;
  /** of the model */
  readonly name: string;
  readonly catalog: string;
  /** a model without a trained version has no profiles to show */
  readonly trained: boolean;
  /** what shoppers see today; while personalization is off, what waits */
  readonly serves: boolean;
  readonly variant: PreviewVariant;
}

/** @param on personalization is on: while it is off nothing is live */
export function variantOptions(
  models: readonly ModelView[],
  store: DraftStore,
  on: boolean,
): VariantOption[] {
  return models.flatMap((model) => optionsOf(model, store, on));
}

/** A list of its own with another impact, of the first that is chosen; null: none is tried, or three lists are chosen. */
export function triedImpact(chosen: readonly VariantOption[], impact: number | null): VariantOption | null {
  const [first] = chosen;
  if (!first || impact === null || chosen.length >= MAX_VARIANTS) return null;
  const label = `${first.what} at impact ${impact}`;
  const variant = { ...first.variant, label, impact };
  return { ...first, key: `${first.key}@impact`, label, what: label, serves: false, impact, variant };
}

/** The wanted ones that are trained; else the live version, else the first that is trained. */
export function chosenOptions(options: readonly VariantOption[], wanted: readonly string[]): VariantOption[] {
  const usable = options.filter(({ trained }) => trained);
  const chosen = usable.filter(({ key }) => wanted.includes(key));
  const usual = usable.find(({ serves }) => serves) ?? usable[0];
  return chosen.length > 0 ? chosen : usual ? [usual] : [];
}

function optionsOf(model: ModelView, store: DraftStore, on: boolean): VariantOption[] {
  const { id, name, catalog, edits, changes, currentVersion, activeVersion } = model;
  const trained = currentVersion !== null;
  const serves = trained && activeVersion === currentVersion;
  const edited = readEdits(store, id)?.config;
  const option = (
    key: string,
    what: string,
    impact: number,
    variant: PreviewVariant,
    mark = '',
  ): VariantOption => ({
    key,
    label: what + mark,
    what,
    impact,
    name,
    catalog,
    trained,
    serves: false,
    variant: { label: what + mark, ...variant },
  });
  const live = on ? ' (live)' : ' (waits while off)';
  const version = (number: number | null) => (number === null ? name : `${name}, version ${number}`);
  const ownImpact = impactIn(edits, model);
  return [
    serves
      ? { ...option(id, version(currentVersion), ownImpact, { model: id, state: 'active' }, live), serves }
      : option(id, version(currentVersion), ownImpact, { model: id }),
    ...(activeVersion !== null && !serves
      ? [
          {
            ...option(
              `${id}:active`,
              version(activeVersion),
              impactIn(changes, model),
              { model: id, state: 'active' },
              live,
            ),
            serves: true,
          },
        ]
      : []),
    ...(trained && edits.length > 0
      ? [option(`${id}:configured`, `${name}, draft`, model.impact, { model: id, state: 'draft' })]
      : []),
    ...(edited
      ? [option(`${id}${DRAFT_SUFFIX}`, `${name}, not saved`, edited.impact, { configuration: edited })]
      : []),
  ];
}

/** The impact before the changes that led to the model's configuration. */
function impactIn(changes: ModelView['changes'] | undefined, { impact }: ModelView): number {
  const before = changes?.find(({ path }) => path === 'impact')?.before;
  return typeof before === 'number' ? before : impact;
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
