// The audit trail: one entry per change, with its actor, action and resource.
import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../../contract/audit.js';
import type { EngineClient } from '../../engine/client/client.js';
import { AUDIT_INDEX } from './index-names.js';

export interface Audit {
  /** Writes one entry; rejects when the engine refuses it. */
  record(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /**
   * Calls a listener after each entry, and waits for it.
   * @returns stops that
   */
  onRecorded(listener: (entry: Pick<AuditEntry, 'resource'>) => Promise<void>): () => void;
  /** The latest entries, newest first. */
  latest(limit: number): Promise<AuditEntry[]>;
}

/** @param now milliseconds since the epoch */
export function createAudit(engine: EngineClient, now: () => number = Date.now): Audit {
  const listeners = new Set<Parameters<Audit['onRecorded']>[0]>();
  return {
    onRecorded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async record(entry) {
      const document = { at: new Date(now()).toISOString(), ...entry };
      await engine.put(AUDIT_INDEX, randomUUID(), document, { create: true, refresh: true });
      for (const listener of listeners) await listener(entry);
    },
    async latest(limit) {
      const answer = await engine.search<AuditEntry>(AUDIT_INDEX, { size: limit, sort: [{ at: 'desc' }] });
      return answer.hits.hits.map(({ _source }) => _source);
    },
  };
}
