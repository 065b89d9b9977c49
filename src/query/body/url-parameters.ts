// URL parameters, split as the engines split them.

export interface UrlParameter {
  /** decoded; empty when it cannot be */
  readonly name: string;
  readonly value: string;
  /** as it stands in the URL */
  readonly text: string;
}

/** Both `&` and `;` separate, in Elasticsearch and OpenSearch. */
const SEPARATOR = /[&;]/;

/** @param search raw query string with its `?`, or empty */
export function splitParameters(search: string): readonly UrlParameter[] {
  if (search === '') return [];
  return search
    .slice(1)
    .split(SEPARATOR)
    .map((text) => {
      const [name = '', ...value] = text.split('=').map(decoded);
      return { name, value: value.join('='), text };
    });
}

/** The raw query string of these, with its `?`; empty when there are none. */
export function joinParameters(parameters: readonly UrlParameter[]): string {
  return parameters.length === 0 ? '' : `?${parameters.map(({ text }) => text).join('&')}`;
}

/** By name; of one that occurs several times the engines take the last. */
export function namedParameters(search: string): URLSearchParams | undefined {
  return search === '' ? undefined : new URLSearchParams(search.replaceAll(';', '&'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}
