// Can the hits of a retriever be rescored? By its version, as no request tells.
import type { EngineClient } from '../client/client.js';

/** The first version with the `rescorer` retriever. */
const SINCE = [8, 18] as const;

export function hasRescorerRetriever({ kind, version }: Pick<EngineClient, 'kind' | 'version'>): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return kind === 'elasticsearch' && (major > SINCE[0] || (major === SINCE[0] && minor >= SINCE[1]));
}
