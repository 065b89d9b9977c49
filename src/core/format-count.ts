// Counts as people read them: with their noun, in the right number.

/**
 * `1 event`, `20,000 events`, `2 people`.
 * @param many the plural where it is not `one` with an s
 */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
