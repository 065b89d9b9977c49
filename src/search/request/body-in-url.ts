// Engines take a search from the URL's `source` when there is no body: then that is the body.
import { joinParameters, splitParameters } from '../../query/body/url-parameters.js';
import { isJson } from './read-body.js';

const OURS = new Set(['source', 'source_content_type']);

/** Whether a URL names `source`, however it is written. */
export function hasSource(search: string): boolean {
  return /[s%]/i.test(search) && splitParameters(search).some(({ name }) => name === 'source');
}

/**
 * The body in a URL, and the URL without it. Null when the URL does not give both parameters once, or gives no JSON:
 * then it is the engine's to judge.
 * @param search raw query string with its `?`
 */
export function takeSource(search: string): { readonly body: Buffer; readonly search: string } | null {
  const parameters = splitParameters(search);
  const taken = parameters.filter(({ name }) => OURS.has(name));
  const { source, source_content_type: type } = Object.fromEntries(
    taken.map(({ name, value }) => [name, value]),
  );
  if (taken.length !== 2 || !source || !type || !isJson(type)) return null;
  const kept = parameters.filter(({ name }) => !OURS.has(name));
  return { body: Buffer.from(source), search: joinParameters(kept) };
}
