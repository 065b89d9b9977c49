// The whole port over one transport: the same steps for both engines.

import type { EngineKind } from '../../core/engine-kind.js';
import { createBulk } from '../documents/bulk.js';
import { createDocuments } from '../documents/documents.js';
import { createScan } from '../documents/scan-index.js';
import { createAliases } from '../indices/aliases.js';
import { createIndices } from '../indices/indices.js';
import type { EngineClient, EngineTransport } from './client.js';
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
