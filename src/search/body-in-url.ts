// Engines take a search from the URL's `source` when there is no body: then that is the body.
import { isJson } from './media-type.js';

const OURS = new Set(['source', 'source_content_type']);

/** Whether a URL names `source`, however it is written; engines separate parameters by `;` too. */
export function hasSource(search: string): boolean {
  return (
    /[s%]/i.test(search) &&
    search
      .slice(1)
      .split(/[&;]/)
      .some((part) => nameAndValue(part)[0] === 'source')
  );
}

/**
 * The body in a URL, and the URL without it. Null when the URL does not give both parameters once, or gives no JSON:
 * then it is the engine's to judge.
 * @param search raw query string with its `?`
 */
export function takeSource(search: string): { readonly received: Buffer; readonly search: string } | null {
  if (search.includes(';')) return null;
  const parts = search.slice(1).split('&');
  const taken = parts.map(nameAndValue).filter(([name]) => OURS.has(name));
  const { source, source_content_type: type } = Object.fromEntries(taken);
  if (taken.length !== 2 || !source || !type || !isJson(type)) return null;
  const kept = parts.filter((part) => !OURS.has(nameAndValue(part)[0])).join('&');
  return { received: Buffer.from(source), search: kept === '' ? '' : `?${kept}` };
}

/** Decoded as engines do; what cannot be decoded has no name. */
function nameAndValue(part: string): readonly [name: string, value: string] {
  const [name = '', ...value] = part.split('=').map((text) => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      return '';
    }
  });
  return [name, value.join('=')];
}
