// Aliases: where one points, and moving it in one step.
import { setTimeout as sleep } from 'node:timers/promises';
import { KindredError } from '../../core/errors.js';
import type { EngineClient, EngineTransport } from '../client/client.js';
import { call } from '../client/engine-response.js';

/** Of moving an alias while other indices are being deleted: a cluster under load takes seconds to let one go. */
const MAX_ATTEMPTS = 7;
const FIRST_PAUSE_MS = 50;

export function createAliases(transport: EngineTransport): Pick<EngineClient, 'aliasTargets' | 'swapAlias'> {
  return {
    async aliasTargets(alias) {
      const { status, body } = await call<Record<string, unknown>>(
        transport,
        { method: 'GET', path: `/_alias/${encodeURIComponent(alias)}` },
        [404],
      );
      return status === 404 ? [] : Object.keys(body).sort();
    },

    async swapAlias(alias, index) {
      // Removed from all indices in the same step: a list that was read before could be out of date.
      const actions = [{ remove: { index: '*', alias, must_exist: false } }, { add: { index, alias } }];
      const move = () => call(transport, { method: 'POST', path: '/_aliases', body: { actions } });
      // Another index that is being deleted is still in `*`, and fails the step.
      const isOtherIndexGone = (error: unknown) =>
        error instanceof KindredError &&
        error.code === 'index-not-found' &&
        !error.message.includes(`[${index}]`);
      for (let attempt = 1; ; attempt += 1) {
        try {
          await move();
          return;
        } catch (error) {
          if (attempt === MAX_ATTEMPTS || !isOtherIndexGone(error)) throw error;
          await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
        }
      }
    },
  };
}
