// From a rendered search template to the search it is: the engine's own text, with the template's two flags.
import { memberValue } from '../json/json-value.js';
import { scanObject } from '../json/scan.js';
import type { ObjectSpan } from '../json/span.js';
import { insertMembers, removeMembers, splice } from '../json/splice.js';

/** Given beside a template, not in it: there the engines overrule them. */
const FLAGS = ['explain', 'profile'];

/**
 * The search body, byte for byte as it was rendered but for the flags. Null where the engine itself should judge.
 * @param answer of `_render/template`
 * @param template the body that was rendered: `source` or `id`, `params`, and the flags
 */
export function renderedSearch(answer: Buffer, template: Buffer): Buffer | null {
  const outer = scanObject(answer);
  const asked = scanObject(template);
  if (!outer.ok || !asked.ok) return null;
  const [output, more] = outer.object.members;
  // Braces that do not pair up in a template can end the rendered text early.
  if (output?.key !== 'template_output' || more !== undefined) return null;
  const text = answer.subarray(output.valueStart, output.valueEnd);
  const given = scanObject(text);
  if (!given.ok) return null;
  const set = FLAGS.filter((name) => String(memberValue(template, asked.object, name)) === 'true');
  return withFlags(text, given.object, set);
}

function withFlags(text: Buffer, object: ObjectSpan, set: readonly string[]): Buffer | null {
  const without = splice(text, removeMembers(object, new Set(FLAGS)));
  if (set.length === 0) return without;
  const scan = scanObject(without);
  if (!scan.ok) return null;
  const flags = Object.fromEntries(set.map((name) => [name, 'true']));
  return splice(without, [insertMembers(scan.object, flags)]);
}
