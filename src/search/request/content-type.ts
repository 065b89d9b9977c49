// Is a body JSON, or lines of JSON (which of the two, the path decides), and will the response be JSON?

const JSON_TYPE = /^(application\/(json|x-ndjson|vnd\.elasticsearch\+(json|x-ndjson)))?\s*(;|$)/i;

/**
 * JSON under the names that clients give it, with or without `compatible-with`, and without any name. Engines read
 * SMILE, CBOR and YAML too, and split their lines at other bytes than we do.
 */
export function isJson(contentType: string | undefined): boolean {
  return contentType === undefined || contentType === 'application/json' || JSON_TYPE.test(contentType);
}

/** Whether an engine responds in JSON. @param format the URL's parameter, which wins over `Accept` */
export function respondsInJson(accept: string | undefined, format: string | undefined): boolean {
  if (format) return format === 'json';
  return accept === undefined || /json|\*\/\*|application\/\*/i.test(accept);
}
