// The ways in which one request tells Kindred who is asking and what is wanted: headers, URL parameters, the body.
import type { Asked } from './requests.js';
import { type JsonObject, spell } from './spelling.js';

export interface Way {
  readonly headers?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** `ext` of a body; said by `instead` where a request has no body that can hold it */
  readonly ext?: JsonObject;
  readonly instead?: Way;
}

/** The same request with what it says to Kindred. */
export function told(asked: Asked, { headers, parameters, ext, instead }: Way): Asked {
  if (ext === undefined)
    return {
      ...asked,
      headers: { ...asked.headers, ...headers },
      parameters: { ...asked.parameters, ...parameters },
    };
  const { body, search } = asked;
  const holds = typeof body === 'string' && search?.body && Object.keys(search.body).length > 0;
  if (!holds) return told(asked, instead ?? {});
  return { ...asked, body: body.replace(/^\{\s*/, (begin) => `${begin}"ext":${spell(ext)},`) };
}
