// What a client that asks the cluster for its nodes is told: there is one, at the address by which the client came.
import type { RequestHandler } from 'express';

/** Where every official client asks. */
export const SNIFFED = /^\/_nodes(\/_all)?\/http$/;

/**
 * Told the engine's own addresses, clients would leave Kindred for them; told nothing, those for Python refuse to
 * start. Needs no key, as elasticsearch-py asks without its headers: it says nothing that the caller does not know.
 */
export const answerSniffing: RequestHandler = (request, response) => {
  const host = request.get('host') ?? '';
  const port = request.get('x-forwarded-proto') === 'https' ? 443 : 80;
  const publish_address = /:\d+$/.test(host) ? host : `${host}:${port}`;
  response.json({
    _nodes: { total: 1, successful: 1, failed: 0 },
    cluster_name: 'kindred',
    nodes: { kindred: { name: 'kindred', roles: ['data', 'ingest'], http: { publish_address } } },
  });
};
