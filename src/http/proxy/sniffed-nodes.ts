// Node discovery ("sniffing") of clients: they find one node, at the address of the proxy.
import type { RequestHandler } from 'express';
import { ownAddress } from '../../search/request/own-address.js';

/** The path of every official client. */
export const SNIFFED = /^\/_nodes(\/_all)?\/http\/?$/;

/**
 * With the engine's own addresses, clients would bypass Kindred; without any, those for Python refuse to start. Needs no
 * key, as elasticsearch-py sends none here, and tells nothing that the caller does not know.
 */
export const answerSniffing: RequestHandler = (request, response) => {
  const publish_address = ownAddress(request.headers);
  response.json({
    _nodes: { total: 1, successful: 1, failed: 0 },
    cluster_name: 'kindred',
    nodes: { kindred: { name: 'kindred', roles: ['data', 'ingest'], http: { publish_address } } },
  });
};
