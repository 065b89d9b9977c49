// Every field a model weighs, with where it stands in the model.
import type { FieldWeight, Model } from '../../core/model/model.js';

/** The global list, then every override; `path` is e.g. `categoryOverrides.0.fields.2`. */
export function weightedFields(model: Model): (FieldWeight & { readonly path: string })[] {
  const lists = [
    { path: 'globalAffinityFields', fields: model.globalAffinityFields },
    ...model.categoryOverrides.map(({ fields }, position) => ({
      path: `categoryOverrides.${position}.fields`,
      fields,
    })),
  ];
  return lists.flatMap(({ path, fields }) =>
    fields.map((each, position) => ({ ...each, path: `${path}.${position}` })),
  );
}
