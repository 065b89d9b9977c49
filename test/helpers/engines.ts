// The real engines that tests run on. Importing this file starts them, unless their URLs are given.
import { randomBytes } from 'node:crypto';
import type { EngineKind } from '../../src/core/engine-kind.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { connectEngine } from '../../src/engine/client/connect-engine.js';
import { askBroker } from './broker.js';

export interface TestEngine {
  readonly kind: EngineKind;
  readonly url: string;
}

const kinds: readonly EngineKind[] = ['elasticsearch', 'opensearch'];

const started = await Promise.all(kinds.map(async (kind) => ({ kind, url: await engineUrl(kind) })));

/** Both engines, ready: `describe.each(engines())('$kind', ({ kind, url }) => …)`. */
export function engines(): TestEngine[] {
  return started;
}

/** A client of one of them; the caller closes it. */
export function connectTest(kind: EngineKind): Promise<EngineClient> {
  const url = started.find((engine) => engine.kind === kind)?.url ?? '';
  return connectEngine({ url });
}

/** A name no other test uses; the caller deletes the index. */
export function uniqueIndex(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}

/** An engine given by environment, else the one that the run's global setup starts for the first to ask. */
async function engineUrl(kind: EngineKind): Promise<string> {
  const given = process.env[`KINDRED_TEST_${kind.toUpperCase()}_URL`];
  if (given) return given;
  const { ok, text } = await askBroker(kind);
  if (!ok) throw new Error(text);
  return text;
}
