// Is a body JSON or lines of JSON? What is sent says little more: which of the two it is, the path decides.

const JSON_TYPE = /^(application\/(json|x-ndjson|vnd\.elasticsearch\+(json|x-ndjson)))?\s*(;|$)/i;

/**
 * JSON under the names that clients give it, with or without `compatible-with`, and without any name. Engines read
 * SMILE, CBOR and YAML too, and take their lines apart at other bytes than we do.
 */
export function isJson(contentType: string | undefined): boolean {
  return contentType === undefined || contentType === 'application/json' || JSON_TYPE.test(contentType);
}
