// Elasticsearch's official client, reduced to sending one request.
import { Client, errors } from '@elastic/elasticsearch';
import type { EngineTransport } from './client.js';
import type { EngineEndpoint } from './engine-address.js';
import { engineUnreachable } from './engine-unreachable.js';

export interface ClosableTransport {
  readonly transport: EngineTransport;
  close(): Promise<void>;
}

/**
 * @param version of the server. An Elasticsearch 8 refuses the media types of the client's own version 9
 *   (`compatible-with=9`), so requests name the server's major version.
 */
export function createElasticsearchTransport(endpoint: EngineEndpoint, version: string): ClosableTransport {
  const client = new Client({
    node: endpoint.url,
    maxRetries: 0,
    requestTimeout: 60_000,
    // A stored document may hold any key; JSON.parse makes `__proto__` a plain own property.
    disablePrototypePoisoningProtection: true,
    headers: endpoint.authorization ? { authorization: endpoint.authorization } : {},
    // Absent, not undefined: the client tells the two apart.
    ...(endpoint.caCert && { tls: { ca: endpoint.caCert } }),
  });
  const mediaType = (format: 'json' | 'x-ndjson') =>
    `application/vnd.elasticsearch+${format}; compatible-with=${version.split('.')[0]}`;

  return {
    async transport({ method, path, querystring, body, ndjson }) {
      const headers = {
        accept: mediaType('json'),
        ...(body !== undefined && { 'content-type': mediaType('json') }),
        ...(ndjson && { 'content-type': mediaType('x-ndjson') }),
      };
      try {
        const response = await client.transport.request(
          {
            method,
            path,
            querystring: { ...querystring },
            body,
            bulkBody: ndjson && [...ndjson],
          },
          { meta: true, headers },
        );
        return { status: response.statusCode, body: response.body };
      } catch (error) {
        if (error instanceof errors.ResponseError)
          return { status: error.statusCode ?? 500, body: error.body };
        throw engineUnreachable(endpoint.url, error);
      }
    },
    close: () => client.close(),
  };
}
