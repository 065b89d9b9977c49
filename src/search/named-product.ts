// The product that a search names by its title, id or code: what keeps it in front of what is personal.
import { type ExactName, exactName, nameFields } from '../query/boosts/exact-name.js';
import { searchTexts } from '../query/facts/search-texts.js';
import type { BoostFields } from '../query/placement/engine-capabilities.js';
import type { Decision } from './decide.js';

/** Empty where the search has no text, or the factor is 1. */
export function namedProduct(
  { facts, catalog, category }: Pick<Decision, 'facts' | 'catalog' | 'category'>,
  fields: BoostFields,
  factor: number,
  parameters?: URLSearchParams,
): ExactName {
  const found = searchTexts([facts.query, facts.retriever, parameters?.getAll('q').at(-1)]);
  // Shops name the category of a page by `match`, too: nobody typed it.
  const texts = found.filter((text) => text !== category);
  return texts.length === 0 ? [] : exactName(texts, nameFields(catalog, fields), factor);
}
