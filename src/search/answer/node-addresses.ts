// Nodes of the cluster with the proxy's address instead of their own: clients that look for nodes ("sniff") stay.
import { KindredError } from '../../core/errors.js';
import type { JsonDocument } from '../../query/json/json-document.js';
import { ownAddress } from '../request/own-address.js';
import {
  type Exchange,
  type ForwardedRequest,
  forward,
  respondWith,
  uncompressed,
} from '../upstream/forward.js';
import { scanResponse } from './scan-response.js';

/** Forwards a request for nodes and answers with what the engine knows of them, but the addresses for HTTP. */
export async function answerNodes(
  exchange: Exchange,
  request: ForwardedRequest,
  own: Readonly<Record<string, string>>,
): Promise<void> {
  const buffered = await forward(exchange, uncompressed(request), {
    buffer: (status) => status === 200 && exchange.request.method === 'GET',
    headers: () => own,
  });
  if (!buffered) return;
  const scan = scanResponse(buffered.bytes);
  if (!scan.ok) throw notJson();
  respondWith(exchange, buffered, withAddress(scan.document, ownAddress(exchange.request.headers)), own);
}

function withAddress(document: JsonDocument, address: string): Buffer {
  const texts = { publish_address: JSON.stringify(address), bound_address: JSON.stringify([address]) };
  const edits = document.members('nodes').flatMap(({ key: node }) =>
    Object.entries(texts).flatMap(([name, text]) => {
      const span = document.span('nodes', node, 'http', name);
      return span ? [{ start: span.start, end: span.end, text }] : [];
    }),
  );
  return document.edited(edits).bytes;
}

function notJson(): KindredError {
  const message = 'the nodes of the cluster are told in JSON alone, with the address of this proxy';
  return new KindredError('not-acceptable', message, { status: 406 });
}
