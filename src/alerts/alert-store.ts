// What all Kindreds of a cluster know of alerts: one document that they take turns to write, and the hours counted so far.
import type { CountedHour, ProxyCounts } from '../core/alert/alert-facts.js';
import type { AlertState } from '../core/alert/follow-alerts.js';
import type { EngineClient, StoredDocument } from '../engine/client/client.js';
import { SETTINGS_INDEX } from '../models/store/index-names.js';

export interface AlertRecord {
  /** the Kindred that judges and sends, until then (milliseconds since the epoch) unless it renews this */
  readonly holder: string | null;
  readonly expiresAt: number;
  readonly checkedAt: string | null;
  readonly states: readonly AlertState[];
  /** what each Kindred counted, and when it last said so */
  readonly counts: Readonly<Record<string, ProxyCounts & { readonly at: number }>>;
}

type Stored<T> = StoredDocument<{ readonly record: T }> | null;

export interface AlertStore {
  read(): Promise<{ readonly record: AlertRecord; readonly stored: Stored<AlertRecord> }>;
  /** Errors: `stale` (412) or `conflict` (409) when another Kindred has written meanwhile. */
  write(record: AlertRecord, stored: Stored<AlertRecord>): Promise<void>;
  readHours(): Promise<readonly CountedHour[]>;
  writeHours(hours: readonly CountedHour[]): Promise<void>;
}

const ALERTS_ID = 'alerts';
const HOURS_ID = 'alert-hours';
const EMPTY: AlertRecord = { holder: null, expiresAt: 0, checkedAt: null, states: [], counts: {} };

/** @param now milliseconds since the epoch */
export function createAlertStore(engine: EngineClient, now: () => number): AlertStore {
  const find = <T>(id: string): Promise<Stored<T>> => engine.get(SETTINGS_INDEX, id);
  const document = (kind: string, record: unknown) => ({
    kind,
    updated_at: new Date(now()).toISOString(),
    record,
  });
  return {
    async read() {
      const stored = await find<AlertRecord>(ALERTS_ID);
      return { record: stored?.source.record ?? EMPTY, stored };
    },
    async write(record, stored) {
      const how = stored ? { ifMatch: stored } : { create: true };
      await engine.put(SETTINGS_INDEX, ALERTS_ID, document(ALERTS_ID, record), how);
    },
    async readHours() {
      return (await find<{ hours: CountedHour[] }>(HOURS_ID))?.source.record.hours ?? [];
    },
    async writeHours(hours) {
      await engine.put(SETTINGS_INDEX, HOURS_ID, document(HOURS_ID, { hours }));
    },
  };
}
