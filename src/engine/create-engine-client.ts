// The whole port over one transport: the same steps for both engines.
import { createAliases } from './aliases.js';
import { createBulk } from './bulk.js';
import type { EngineClient, EngineKind, EngineTransport } from './client.js';
import { createDocuments } from './documents.js';
import { createIndices } from './indices.js';
import { createScan } from './scan.js';
import { createSearches } from './searches.js';

export interface EngineConnection {
  readonly kind: EngineKind;
  readonly version: string;
  readonly url: string;
  readonly transport: EngineTransport;
  close(): Promise<void>;
}

export function createEngineClient(connection: EngineConnection): EngineClient {
  const { kind, version, url, transport, close } = connection;
  return {
    kind,
    version,
    url,
    request: transport,
    ...createIndices(transport),
    ...createAliases(transport),
    ...createDocuments(transport),
    ...createBulk(transport),
    ...createSearches(transport),
    ...createScan(transport, kind, version),
    close,
  };
}
