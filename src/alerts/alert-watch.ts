// Judges alerts once a minute. Of several Kindreds on a cluster one judges what all of them counted, and sends.
import { randomUUID } from 'node:crypto';
import type { AlertList, WebhookTest } from '../contract/alert.js';
import { type AlertFacts, type ProxyCounts, sumCounts } from '../core/alert/alert-facts.js';
import type { AlertName } from '../core/alert/alert-rules.js';
import { type AlertState, alertId, followAlerts } from '../core/alert/follow-alerts.js';
import { judgeAlerts } from '../core/alert/judge-alerts.js';
import { HOUR_MS, keepHours } from '../core/alert/usual-hours.js';
import { KindredError } from '../core/errors.js';
import type { EngineClient } from '../engine/client/client.js';
import { createPolling } from '../models/polling.js';
import type { Audit } from '../models/store/audit.js';
import type { ModelStore } from '../models/store/model-store.js';
import { type AlertRecord, createAlertStore } from './alert-store.js';
import { createLiveReach } from './live-reach.js';
import { countEvents, type ModelSources, readModelFacts } from './read-facts.js';
import { exampleAlert, firingCounts, viewAlert, viewAlerts } from './view-alerts.js';
import type { WebhookTarget } from './webhook.js';
import type { WebhookQueue } from './webhook-queue.js';

export interface AlertWatch {
  start(): void;
  /** Resolves when no check and no message is under way. */
  stop(): Promise<void>;
  /** Checks now. Never rejects. */
  check(): Promise<void>;
  /** as of the latest check, of whichever Kindred */
  list(): AlertList;
  firing(): ReadonlyMap<AlertName, number>;
  /** Errors: `no-webhook` (409). */
  test(actor: string): Promise<WebhookTest>;
}

export interface AlertWatchOptions extends ModelSources {
  readonly engine: EngineClient;
  readonly modelStore: Pick<ModelStore, 'list' | 'get'>;
  readonly audit: Pick<Audit, 'record'>;
  /** of this Kindred, with its workers */
  readonly counts: () => ProxyCounts;
  /** by name */
  readonly catalogs: readonly string[];
  readonly off: readonly AlertName[];
  readonly webhook: { readonly target: WebhookTarget; readonly queue: WebhookQueue } | null;
  readonly onChange: (alert: AlertState) => void;
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
  readonly intervalMs?: number;
}

const INTERVAL_MS = 60_000;
/** A Kindred that has said nothing for so many checks is gone. */
const GONE_AFTER = 5;
const MAX_TRIES = 5;

export function createAlertWatch(options: AlertWatchOptions): AlertWatch {
  const { engine, audit, webhook, onFailure, now = Date.now, intervalMs = INTERVAL_MS } = options;
  const store = createAlertStore(engine, now);
  const me = randomUUID();
  /** what the webhook took, by the id of the alert, until it is written down */
  const told = new Map<string, AlertState['told']>();
  const sending = new Set<string>();
  let latest: Pick<AlertRecord, 'states' | 'checkedAt'> = { states: [], checkedAt: null };
  const readReaches = createLiveReach(options, now);
  let checking = Promise.resolve();

  /** What cannot be read is null, and leaves its alerts as they are. */
  async function orNull<T>(read: Promise<T>): Promise<T | null> {
    return read.catch((error) => {
      onFailure(error);
      return null;
    });
  }

  /** Counts the hour that has just ended, once. */
  async function readHours(counts: ProxyCounts): Promise<AlertFacts['hours']> {
    const hours = await store.readHours();
    const hour = Math.floor(now() / HOUR_MS) - 1;
    if (hours.some((each) => each.hour === hour)) return hours;
    const events = await countEvents(engine, hour * HOUR_MS, (hour + 1) * HOUR_MS);
    const kept = keepHours(hours, { hour, events, lookups: counts.lookups, known: counts.known });
    await store.writeHours(kept);
    return kept;
  }

  async function readFacts(proxies: ProxyCounts): Promise<AlertFacts> {
    const at = now();
    const [events, hours, models, live] = await Promise.all([
      orNull(countEvents(engine, at - HOUR_MS, at)),
      orNull(readHours(proxies)),
      orNull(readModelFacts(options, at)),
      orNull(readReaches()),
    ]);
    return { now: at, proxies, events: hours && events, hours: hours ?? [], models, reach: live };
  }

  /** The states, with what the webhook took since they were written. */
  function withTold({ states }: AlertRecord): AlertState[] {
    return states.map((state) => ({ ...state, told: told.get(alertId(state)) ?? state.told }));
  }

  /** The next record; with other states where this Kindred judges. */
  async function advance(before: AlertRecord): Promise<AlertRecord> {
    const at = now();
    const gone = GONE_AFTER * intervalMs;
    const others = Object.entries(before.counts).filter(
      ([id, counts]) => id !== me && Math.abs(at - counts.at) < gone,
    );
    const counts = { ...Object.fromEntries(others), [me]: { ...options.counts(), at } };
    // A lease that would last longer than any is from before a clock was set back.
    const held = before.expiresAt > at && before.expiresAt <= at + gone;
    if (held && before.holder !== me) return { ...before, counts };
    const judged = judgeAlerts(await readFacts(sumCounts(Object.values(counts))), options.off);
    const states = followAlerts(withTold(before), judged, at);
    return { holder: me, expiresAt: at + gone / 2, checkedAt: new Date(at).toISOString(), states, counts };
  }

  async function checkNow(): Promise<void> {
    try {
      for (let tries = 1; ; tries += 1) {
        const { record, stored } = await store.read();
        const next = await advance(record);
        try {
          await store.write(next, stored);
        } catch (error) {
          if (!isRace(error) || tries === MAX_TRIES) throw error;
          continue;
        }
        latest = next;
        if (next.states !== record.states) await announce(record.states, next.states);
        return;
      }
    } catch (error) {
      onFailure(error);
    }
  }

  async function announce(before: readonly AlertState[], states: readonly AlertState[]): Promise<void> {
    const old = new Set(before.map(keyOf));
    for (const state of states) {
      if (state.state === 'pending') continue;
      tell(state);
      if (old.has(keyOf(state))) continue;
      options.onChange(state);
      const { name, subject, summary } = state;
      const resource = ['alerts', name, ...(subject === null ? [] : [subject])].join('/');
      await audit.record({ actor: 'kindred', action: `alert ${state.state}`, resource, detail: summary });
    }
    for (const id of told.keys()) if (!states.some((state) => alertId(state) === id)) told.delete(id);
  }

  /** An end is told where the beginning was. What is told is written down at the next check. */
  function tell(alert: AlertState): void {
    const { state } = alert;
    const key = keyOf(alert);
    const view = viewAlert(alert);
    if (!webhook || !view || state === 'pending' || sending.has(key)) return;
    const known = told.get(alertId(alert)) ?? alert.told;
    if (known === state || (state === 'resolved' && known === null)) return;
    const offered = webhook.queue.offer(view, () => {
      sending.delete(key);
      told.set(alertId(alert), state);
    });
    if (offered) sending.add(key);
  }

  /** Hands over at once: the next to judge, here after a restart, need not wait until the lease ends. */
  async function leave(): Promise<void> {
    const { record, stored } = await store.read();
    if (!stored || !(me in record.counts)) return;
    const { [me]: _, ...counts } = record.counts;
    const left = record.holder === me ? { holder: null, expiresAt: 0, states: withTold(record) } : {};
    // Another Kindred may write at this moment: then the lease ends by itself.
    await store.write({ ...record, ...left, counts }, stored).catch((error) => {
      if (!isRace(error)) throw error;
    });
  }

  function check(): Promise<void> {
    checking = checking.then(checkNow);
    return checking;
  }
  const polling = createPolling(check, intervalMs);

  return {
    check,
    start: () => void polling.start(),
    async stop() {
      polling.stop();
      await checking;
      await webhook?.queue.close();
      await leave().catch(onFailure);
    },
    list: () => ({
      checkedAt: latest.checkedAt,
      alerts: viewAlerts(latest.states),
      webhook: webhook && {
        host: new URL(webhook.target.url).host,
        signed: webhook.target.secret !== null,
        last: webhook.queue.last(),
      },
    }),
    firing: () => firingCounts(latest.states),
    async test(actor) {
      if (!webhook)
        throw new KindredError('no-webhook', 'no webhook is set: see KINDRED_ALERT_WEBHOOK_URL', {
          status: 409,
        });
      const result = await webhook.queue.test(exampleAlert(now()));
      const detail = result.message;
      await audit.record({ actor, action: 'test', resource: 'alerts/webhook', detail });
      return result;
    },
  };
}

/** Another Kindred has written since it was read. */
function isRace(error: unknown): boolean {
  return error instanceof KindredError && ['stale', 'conflict'].includes(error.code);
}

/** Of one change of an alert. */
function keyOf(alert: AlertState): string {
  return `${alertId(alert)}/${alert.state}`;
}
