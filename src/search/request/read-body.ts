// Request bodies: read whole up to a limit, inflated, and told apart by content type.
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { KindredError } from '../../core/errors.js';
import { isObject } from '../../query/json/json-value.js';

const EMPTY = Buffer.alloc(0);
const INFLATE = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
]);

/** JSON, or lines of JSON: which of the two, the path decides. */
const JSON_TYPE = /^(application\/(json|x-ndjson|vnd\.elasticsearch\+(json|x-ndjson)))?\s*(;|$)/i;

/**
 * @param limit bytes
 * @throws KindredError `body-too-large` (413); the rest is read and dropped, so that the connection stays of use
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': transferEncoding } = request.headers;
  if (transferEncoding === undefined && (length === undefined || length === '0')) return EMPTY;
  if (Number(length ?? 0) > limit) throw bodyTooLarge(limit);
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        chunks = [];
        reject(bodyTooLarge(limit));
      }
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

/**
 * @param encoding the header `Content-Encoding`; an empty one names no encoding (RFC 9110 §5.6.1)
 * @param limit bytes of the text; no more than that is ever inflated
 * @throws KindredError `unsupported-encoding` (415) for any other encoding or several, `malformed-encoding` (400),
 *   `body-too-large` (413)
 */
export async function inflateBody(received: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity' || received.length === 0) return received;
  const decode = INFLATE.get(name);
  if (!decode)
    throw new KindredError(
      'unsupported-encoding',
      'send the request body in gzip, or uncompressed: other encodings, or several, are not read here',
      { status: 415 },
    );
  try {
    return await decode(received, { maxOutputLength: limit });
  } catch (error) {
    if (isObject(error) && error.code === 'ERR_BUFFER_TOO_LARGE') throw bodyTooLarge(limit);
    throw new KindredError('malformed-encoding', `the request body is not valid ${name}, or is cut off`, {
      status: 400,
    });
  }
}

function bodyTooLarge(limit: number): KindredError {
  const message = `the request body is over ${limit} bytes; send a smaller one`;
  return new KindredError('body-too-large', message, { status: 413 });
}

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
