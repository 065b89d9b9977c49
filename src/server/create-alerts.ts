// Wires alerts: what they are judged from, where they are told, and what is logged of them.
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type AlertWatch, createAlertWatch } from '../alerts/alert-watch.js';
import { createWebhookQueue } from '../alerts/webhook-queue.js';
import type { Services } from './create-services.js';
import type { ProxyMetrics } from './proxy-metrics.js';
import type { AlertSettings } from './settings/settings.js';
import { VERSION } from './version.js';

const MAX_WAIT_MS = 1_000;

export function createAlerts(options: {
  readonly services: Services;
  readonly reporting: Pick<ProxyMetrics, 'counts' | 'alerts'>;
  readonly settings: AlertSettings;
  readonly log: Pick<Logger, 'warn' | 'info' | 'error'>;
}): AlertWatch {
  const { services, reporting, settings, log } = options;
  const { off, webhook: target } = settings;
  const queue =
    target &&
    createWebhookQueue({
      target,
      version: VERSION,
      onGivenUp: ({ id }, reason) => log.error({ alert: id, reason }, 'the webhook did not take an alert'),
    });
  const watch = createAlertWatch({
    ...services,
    catalogs: services.catalogs.map(({ name }) => name),
    counts: reporting.counts,
    off,
    webhook: target && queue && { target, queue },
    onChange({ name, subject, state, summary }) {
      const about = { alert: name, subject };
      if (state === 'firing') log.warn(about, `alert: ${summary}`);
      else log.info(about, `alert resolved: ${summary}`);
    },
    onFailure: (err) => log.warn({ err }, 'alerts could not be judged'),
  });
  reporting.alerts(watch.firing);
  // Whoever made another version live looks at the alerts next: they are of that one then. A slow check goes on by itself.
  const forget = services.audit.onRecorded(async ({ resource }) => {
    if (!/^(models|settings)\//.test(resource)) return;
    await Promise.race([watch.check(), setTimeout(MAX_WAIT_MS, undefined, { ref: false })]);
  });
  return {
    ...watch,
    stop() {
      forget();
      return watch.stop();
    },
  };
}
