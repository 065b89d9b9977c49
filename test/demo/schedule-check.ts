// A model made from a preset and trained by the running Kindred itself, when its time comes.
import { expect, test } from '@jest/globals';
import type { ModelView } from './model-checks.js';
import type { RunningDemo } from './run-demo.js';
import { admin, within } from './shop-client.js';

interface ScheduleView {
  readonly next: string | null;
  readonly lastRun: { readonly outcome: string; readonly message: string } | null;
}

/** Schedules are looked at every five seconds; the rest is the training. */
const PATIENCE_MS = 120_000;

export function scheduleCheck(demo: RunningDemo): void {
  test(
    'a model of a preset, trained by its schedule',
    async () => {
      const created = await admin<ModelView>(demo, '/models', {
        body: { name: 'By night', preset: 'discovery' },
      });
      expect(created.json()).toMatchObject({ id: 'by_night', products: { buyAgain: 0 } });
      const soon = new Date(Date.now() + 2_000);
      const cron = `${soon.getUTCSeconds()} ${soon.getUTCMinutes()} ${soon.getUTCHours()} * * *`;
      const path = '/models/by_night/schedule';
      const made = await admin<ScheduleView>(demo, path, { method: 'PUT', ifMatch: '*', body: { cron } });
      expect([made.status, made.json().lastRun]).toEqual([200, null]);
      await within(PATIENCE_MS, async () => {
        const { lastRun } = (await admin<ScheduleView>(demo, path)).json();
        // Saved, or left trained where a sample this small finds it worse; it is not the active model.
        expect(lastRun?.message).toMatch(/^version 1 is (saved|trained)/);
      });
      const { version } = (await admin<ModelView>(demo, '/models/by_night')).json();
      expect(version).toBe(1);
      expect((await admin(demo, '/models/by_night', { method: 'DELETE', ifMatch: '*' })).status).toBe(204);
    },
    2 * PATIENCE_MS,
  );
}
