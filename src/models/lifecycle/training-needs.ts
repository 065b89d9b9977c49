// Which settings of a configuration need a training before they count: trained profiles do not have them.
import type { Finding } from '../../core/errors.js';
import { affinityFields, type Model } from '../../core/model/model.js';
import { type ModelChange, modelChanges } from '../../core/model/model-changes.js';

/**
 * Weights of trained fields, switches, strengths and impact need none: they are applied when a search is boosted.
 * @param trained the configuration that the profiles were trained with
 * @returns one finding per setting that counts only in part, or not at all, until then; paths as in `modelChanges`
 */
export function trainingNeeds(trained: Model, wanted: Model): Finding[] {
  const known = new Set(affinityFields(trained));
  const unknown = affinityFields(wanted).filter((field) => !known.has(field));
  const usesNextClicks = ({ products, profiles }: Model) => products.related > 0 && profiles.inSession;
  return modelChanges(trained, wanted).flatMap((change) => {
    const message = whyTraining(change, unknown);
    if (message) return [{ path: change.path, message }];
    if (change.path === 'products.related' && trained.products.related === 0)
      return [{ path: change.path, message: 'training has to find out what goes with what' }];
    if (change.path === 'profiles.inSession' && usesNextClicks(wanted) && !usesNextClicks(trained))
      return [{ path: change.path, message: 'training has to find out what people click next' }];
    return [];
  });
}

function whyTraining({ path, after }: ModelChange, unknown: readonly string[]): string | null {
  if (path === 'timeDecay' || path.startsWith('eventWeights.'))
    return 'counts in the running session at once, in histories after a training';
  if (path.startsWith('group.')) return 'groups are formed by training';
  const field = unknown.find((name) => path.endsWith(`.${name}.weight`));
  return field !== undefined && after !== null ? `no profile knows "${field}" before a training` : null;
}
