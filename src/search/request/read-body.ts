// Reads a request body whole, up to a limit: splicing needs all of it, and nothing larger is ever kept.
import type { IncomingMessage } from 'node:http';
import { KindredError } from '../../core/errors.js';

const NOTHING = Buffer.alloc(0);

/**
 * @param limit bytes
 * @throws KindredError `body-too-large` (413); the rest is read and dropped, so that the connection stays of use
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': transferEncoding } = request.headers;
  if (transferEncoding === undefined && (length === undefined || length === '0')) return NOTHING;
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

export function bodyTooLarge(limit: number): KindredError {
  const message = `the request body is over ${limit} bytes; send a smaller one`;
  return new KindredError('body-too-large', message, { status: 413 });
}
