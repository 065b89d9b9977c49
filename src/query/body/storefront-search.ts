// A search as a simple storefront sends it: the demo sends it, and previews rank by it.

export interface StorefrontSearch {
  /** every word has to be in the title; empty is everything */
  readonly text: string;
  readonly category?: string | null;
  readonly size: number;
  readonly titleField: string;
  readonly categoryField: string;
  /** the catalog has a number field `popularity`, whose square root the score is multiplied by, as shops do */
  readonly popularity: boolean;
  /** further members of the body */
  readonly members?: object;
}

/** The body of a `_search`. */
export function storefrontSearch(search: StorefrontSearch): {
  readonly size: number;
  readonly query: object;
} {
  const { size, popularity, members } = search;
  const query = inCategory(search, words(search));
  const field_value_factor = { field: 'popularity', modifier: 'sqrt', missing: 0 };
  return {
    size,
    query: popularity ? { function_score: { query, field_value_factor } } : query,
    ...members,
  };
}

/** The same search in words. */
export function storefrontWords({ text, category, titleField, popularity }: StorefrontSearch): string {
  const what =
    text === '' ? 'all products' : `products with every word in "${titleField}", by their text score`;
  const where = category == null ? '' : ` of the category "${category}"`;
  return what + where + (popularity ? ', times √popularity' : '');
}

function words({ text, titleField }: StorefrontSearch): object {
  return text === '' ? { match_all: {} } : { match: { [titleField]: { query: text, operator: 'and' } } };
}

function inCategory({ category, categoryField }: StorefrontSearch, query: object): object {
  if (category == null) return query;
  return { bool: { must: [query], filter: [{ term: { [categoryField]: category } }] } };
}
