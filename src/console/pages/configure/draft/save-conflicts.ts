// Settings that two colleagues edited at the same time, found when a save is refused with 412.
import type { ModelChange } from '../../../../core/model/model-changes.js';

/** Paths of the settings that were changed to different values on both sides. */
export function conflicts(mine: readonly ModelChange[], theirs: readonly ModelChange[]): Set<string> {
  const changed = new Map(theirs.map(({ path, after }) => [path, JSON.stringify(after)]));
  return new Set(
    mine.flatMap(({ path, after }) => {
      const other = changed.get(path);
      return other !== undefined && other !== JSON.stringify(after) ? [path] : [];
    }),
  );
}
