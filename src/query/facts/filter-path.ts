// `filter_path`: which members of a response a request leaves out.

/**
 * It keeps what one pattern names, and nothing that one with `-` names.
 * @param path of a member, dotted, e.g. `hits.hits._id`
 * @param filterPath the parameter's value; none: nothing is left out
 */
export function isFilteredOut(path: string, filterPath: string | undefined): boolean {
  const filters = filterPath?.split(',') ?? [];
  const names = (pattern: string) => patternOf(pattern).test(path);
  const kept = filters.filter((filter) => filter !== '' && !filter.startsWith('-'));
  const dropped = filters.filter((filter) => filter.startsWith('-')).map((filter) => filter.slice(1));
  return (kept.length > 0 && !kept.some(names)) || dropped.some(names);
}

/** `*` is any part of a name, `**` any names; a pattern names all that is inside. */
function patternOf(pattern: string): RegExp {
  const text = pattern
    .trim()
    .replace(/[\\^$+?()[\]{}|]/g, '\\$&')
    .replaceAll('.', '\\.')
    .replaceAll('**\\.', '(?:<>\\.)?')
    .replaceAll('**', '<>')
    .replaceAll('*', '[^.]*')
    .replaceAll('<>', '.*');
  return new RegExp(`^${text}(?:\\.|$)`);
}
