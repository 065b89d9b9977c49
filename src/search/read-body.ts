// Reads a request body whole, up to a limit: splicing needs all of it, and nothing larger is ever kept.
import type { IncomingMessage } from 'node:http';
import { KindredError } from '../core/errors.js';

/**
 * @param limit bytes
 * @throws KindredError `body-too-large` (413); the rest of the body is not read
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new KindredError('body-too-large', `the request body is over ${limit} bytes; send a smaller one`, {
      status: 413,
    });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
