// From an address to a client: detects the engine there, then picks its transport.
import type { EngineClient } from './client.js';
import { createEngineClient } from './create-engine-client.js';
import { detectEngine } from './detect-engine.js';
import { createElasticsearchTransport } from './elasticsearch-transport.js';
import { type EngineAddress, parseEngineAddress } from './engine-address.js';
import { createOpensearchTransport } from './opensearch-transport.js';

/**
 * @throws KindredError `engine-url`, or (503) `engine-unreachable`, `engine-credentials`, `engine-unknown`,
 *   `engine-version`; each message is one line that names the URL and what to do
 */
export async function connectEngine(address: EngineAddress): Promise<EngineClient> {
  const endpoint = parseEngineAddress(address);
  const { kind, version } = await detectEngine(address);
  const { transport, close } =
    kind === 'elasticsearch'
      ? createElasticsearchTransport(endpoint, version)
      : createOpensearchTransport(endpoint);
  return createEngineClient({ kind, version, url: endpoint.url, transport, close });
}
