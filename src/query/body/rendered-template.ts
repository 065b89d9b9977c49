// From a rendered search template to the search it is: the engine's own text, with the template's two flags.
import { scanDocument } from '../json/json-document.js';

/** Given beside a template, not in it: there the engines overrule them. */
const FLAGS = ['explain', 'profile'];

/**
 * The search body, byte for byte as it was rendered but for the flags. Null where the engine itself should judge.
 * @param response of `_render/template`
 * @param template the body that was rendered: `source` or `id`, `params`, and the flags
 */
export function renderedSearch(response: Buffer, template: Buffer): Buffer | null {
  const outer = scanDocument(response);
  const given = scanDocument(template);
  if (!outer.ok || !given.ok) return null;
  const [output, more] = outer.document.members();
  // Braces that do not pair up in a template can end the rendered text early.
  if (output?.key !== 'template_output' || more !== undefined) return null;
  const rendered = scanDocument(response.subarray(output.start, output.end));
  if (!rendered.ok) return null;
  const search = rendered.document;
  const kept = search.edited(search.removeMembers([], new Set(FLAGS)));
  const set = FLAGS.filter((flag) => String(given.document.value(flag)) === 'true');
  if (set.length === 0) return kept.bytes;
  return kept.edited(kept.insertMembers([], Object.fromEntries(set.map((flag) => [flag, 'true'])))).bytes;
}
