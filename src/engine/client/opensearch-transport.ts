// OpenSearch's official client, reduced to sending one request.
import { Client, errors } from '@opensearch-project/opensearch';
import type { ClosableTransport } from './elasticsearch-transport.js';
import type { EngineEndpoint } from './engine-address.js';
import { engineUnreachable } from './engine-unreachable.js';

export function createOpensearchTransport(endpoint: EngineEndpoint): ClosableTransport {
  const client = new Client({
    node: endpoint.url,
    maxRetries: 0,
    requestTimeout: 60_000,
    // A stored document may hold any key; JSON.parse makes `__proto__` a plain own property.
    disablePrototypePoisoningProtection: true,
    headers: endpoint.authorization ? { authorization: endpoint.authorization } : {},
    ssl: endpoint.caCert ? { ca: endpoint.caCert } : undefined,
  });

  return {
    async transport({ method, path, querystring, body, ndjson }) {
      try {
        const response = await client.transport.request({
          method,
          path,
          querystring: { ...querystring },
          body,
          bulkBody: ndjson && [...ndjson],
        });
        return { status: response.statusCode ?? 500, body: response.body };
      } catch (error) {
        if (error instanceof errors.ResponseError)
          return { status: error.statusCode ?? 500, body: error.body };
        throw engineUnreachable(endpoint.url, error);
      }
    },
    close: () => client.close(),
  };
}
