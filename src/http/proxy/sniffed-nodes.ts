// Node discovery ("sniffing") of clients: they find one node, at the address of the proxy.
import type { RequestHandler } from 'express';

/** The path of every official client. */
export const SNIFFED = /^\/_nodes(\/_all)?\/http$/;

/**
 * With the engine's own addresses, clients would bypass Kindred; without any, those for Python refuse to start. Needs no
 * key, as elasticsearch-py sends none here, and tells nothing that the caller does not know.
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
