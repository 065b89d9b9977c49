// Clients compress request bodies; what is judged and spliced, and what the engine gets, is the text inside.
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { KindredError } from '../../core/errors.js';
import { bodyTooLarge } from './read-body.js';

const INFLATE = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
]);

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
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw bodyTooLarge(limit);
    throw new KindredError('malformed-encoding', `the request body is not valid ${name}, or is cut off`, {
      status: 400,
    });
  }
}
