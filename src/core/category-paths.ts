// Categories that are paths: "Men > Shoes > Running" is in "Men > Shoes", which is in "Men".

/** What shops put between the levels of a path, the wider ones first. */
const SEPARATORS = [' > ', ' / ', ' | ', '>', '|', '/'];
/** "Bread/Rolls" is a name. */
const SLASH = /\//;

/**
 * What is between the levels, where the categories of a catalog are paths: it is in half of them at least. Where it is a
 * slash, which is in names as well, they must also make a tree: two roots at most for three paths. Null where the
 * categories are names.
 */
export function categorySeparator(categories: Iterable<string>): string | null {
  const all = [...new Set(categories)];
  const found = SEPARATORS.find((separator) => {
    const paths = all.filter((category) => ancestors(category, separator).length > 0);
    const roots = new Set(paths.map((path) => ancestors(path, separator).at(-1)));
    const isTree = !SLASH.test(separator) || 3 * roots.size <= 2 * paths.length;
    return paths.length > 0 && 2 * paths.length >= all.length && isTree;
  });
  return found ?? null;
}

/** The categories that a path is in, the nearest first. @param separator null: categories are names */
export function ancestors(category: string, separator: string | null): string[] {
  if (separator === null) return [];
  const levels = category.split(separator);
  return levels
    .map((_, depth) => levels.slice(0, depth).join(separator))
    .filter((path) => path !== '')
    .reverse();
}

/** What may be its ancestors, as long as the catalog's separator is not known. */
export function possibleAncestors(category: string): string[] {
  return [...new Set(SEPARATORS.flatMap((separator) => ancestors(category, separator)))];
}

/** The path that a text with nothing behind its last separator leads into: "Men > Shoes > "; undefined for others. */
export function pathBefore(text: string): string | undefined {
  const separator = SEPARATORS.find((end) => text.endsWith(end));
  return separator && text.slice(0, -separator.length);
}

/** "Running" of "Men > Shoes > Running". */
export function lastLevel(category: string, separator: string | null): string {
  return separator === null ? category : (category.split(separator).at(-1) ?? category);
}
