// Categories that are no shelves, such as coupons: not judged, though their events train like all others.

/** Whether a category's name has one of these words, in any case, in the plural too. */
export function isExcluded(category: string, words: readonly string[]): boolean {
  const inName = new Set(category.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return words.some((word) => inName.has(word.toLowerCase()) || inName.has(`${word.toLowerCase()}s`));
}
