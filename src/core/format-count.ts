// Formats counts with their noun, singular or plural.

/**
 * `1 event`, `20,000 events`, `2 people`.
 * @param plural where it is not `singular` with an s
 */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}
