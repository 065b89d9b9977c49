// How many boosts a plan sends: the strongest values of a field and the strongest single products (docs/profiles.md).

const MAX_VALUES_PER_FIELD = { inCategory: 20, inAllProducts: 200 };
const MAX_PRODUCTS = { inCategory: 50, inAllProducts: 200 };

interface Candidate {
  readonly strength: number;
}

/**
 * The values of one field to send, strongest first.
 * @param category the request's scope; null is all products
 */
export function strongestValues<C extends Candidate>(candidates: readonly C[], category: string | null): C[] {
  return strongest(candidates, MAX_VALUES_PER_FIELD, category);
}

/** The single products of one list to send, strongest first. Same parameters. */
export function strongestProducts<C extends Candidate>(
  candidates: readonly C[],
  category: string | null,
): C[] {
  return strongest(candidates, MAX_PRODUCTS, category);
}

function strongest<C extends Candidate>(
  candidates: readonly C[],
  max: typeof MAX_PRODUCTS,
  category: string | null,
): C[] {
  const ordered = [...candidates].sort((a, b) => b.strength - a.strength);
  return ordered.slice(0, category === null ? max.inAllProducts : max.inCategory);
}
