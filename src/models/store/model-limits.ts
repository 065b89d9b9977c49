// Rules that span models: of a catalog one default and two custom ones at most, with names of their own; ids are unique.
import { KindredError } from '../../core/errors.js';
import type { Model } from '../../core/model/model.js';

const MAX_MODELS: Readonly<Record<Model['kind'], number>> = { default: 1, custom: 2 };

/** Errors (409): `model-exists`, `name-taken`, `too-many-models`. */
export function checkNewModel(model: Model, others: readonly Model[]): void {
  if (others.some(({ id }) => id === model.id))
    throw conflict('model-exists', `there is already a model with id "${model.id}"`);
  const ofCatalog = others.filter(({ catalog }) => catalog === model.catalog);
  checkNameIsFree(model, ofCatalog);
  if (ofCatalog.filter(({ kind }) => kind === model.kind).length >= MAX_MODELS[model.kind])
    throw conflict(
      'too-many-models',
      model.kind === 'default'
        ? 'there is already a default model; create a custom one'
        : `there are already ${MAX_MODELS.custom} custom models; delete one first`,
    );
}

/** Names are compared without case. @param others of the same catalog. Error: `name-taken` (409). */
export function checkNameIsFree(model: Model, others: readonly Model[]): void {
  const taken = others.find(({ name }) => name.toLowerCase() === model.name.toLowerCase());
  if (taken) throw conflict('name-taken', `model "${taken.id}" is already named "${taken.name}"`);
}

function conflict(code: string, message: string): KindredError {
  return new KindredError(code, message, { status: 409 });
}
