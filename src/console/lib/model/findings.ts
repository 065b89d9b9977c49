// Findings of a refused save, looked up by the path of a setting, e.g. `globalAffinityFields.0.weight`.
import type { Finding } from '../../../core/errors.js';

/** The messages about exactly this setting, as one text; null when there is none. */
export function findingAt(findings: readonly Finding[], path: string): string | null {
  const messages = findings.flatMap((each) => (each.path === path ? each.message : []));
  return messages.length > 0 ? messages.join('; ') : null;
}

/** The first message about the setting or anything in it. */
export function findingUnder(findings: readonly Finding[], path: string): string | null {
  return findings.find((each) => isUnder(each.path, path))?.message ?? null;
}

/** Without those about a setting that was edited since: the indices in its lists may have changed. */
export function withoutUnder(findings: readonly Finding[], path: string): readonly Finding[] {
  const kept = findings.filter((each) => !isUnder(each.path, path));
  // The same array where nothing is removed, so that memoized components are not rendered again.
  return kept.length === findings.length ? findings : kept;
}

function isUnder(path: string, setting: string): boolean {
  return path === setting || path.startsWith(`${setting}.`);
}
