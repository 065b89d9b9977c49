// What the server refused, by the setting it is about: `globalAffinityFields.0.weight`.
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

/** Without those about a setting that was edited since: places in its lists may have moved. */
export function withoutUnder(findings: readonly Finding[], path: string): readonly Finding[] {
  const kept = findings.filter((each) => !isUnder(each.path, path));
  // The same list where nothing goes: what shows it need not be drawn again.
  return kept.length === findings.length ? findings : kept;
}

function isUnder(path: string, setting: string): boolean {
  return path === setting || path.startsWith(`${setting}.`);
}
