// Which edited settings need a training before they count, and which are applied when they are saved.
import type { Finding } from '../errors.js';
import { affinityFields } from './affinity-fields.js';
import type { Model } from './model.js';
import { type ModelChange, modelChanges } from './model-changes.js';

/** Applied when a search is boosted, and judged by the last training already: the impact, and who speaks for a user. */
const APPLIED_AT_SAVE = /^(name|impact|profiles\..+)$/;

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

/** Whether a version of `wanted` can be made of the profiles of `trained`, without a training. */
export function isAppliedAtSave(trained: Model, wanted: Model): boolean {
  const changes = modelChanges(trained, wanted);
  return (
    changes.every(({ path }) => APPLIED_AT_SAVE.test(path)) && trainingNeeds(trained, wanted).length === 0
  );
}

function whyTraining({ path, after }: ModelChange, unknown: readonly string[]): string | null {
  if (path === 'timeDecay' || path.startsWith('eventWeights.'))
    return 'counts in the running session at once, in histories after a training';
  if (path.startsWith('group.')) return 'groups are formed by training';
  if (path === 'catalog') return 'profiles are of one catalog';
  const field = unknown.find((name) => path.endsWith(`.${name}.weight`));
  return field !== undefined && after !== null ? `no profile knows "${field}" before a training` : null;
}
