// Which catalog attributes a model needs trained. Apart from the schema, so that the console can use it.

interface Weighing {
  readonly globalAffinityFields: readonly { readonly field: string }[];
  readonly categoryOverrides: readonly { readonly fields: readonly { readonly field: string }[] }[];
}

/** Every affinity field of the global list and all overrides, each once. */
export function affinityFields(model: Weighing): string[] {
  const lists = [model.globalAffinityFields, ...model.categoryOverrides.map(({ fields }) => fields)];
  return [...new Set(lists.flat().map(({ field }) => field))];
}
