// Aliases: where one points, and moving it in one step.
import { KindredError } from '../../core/errors.js';
import type { EngineClient, EngineTransport } from '../client/client.js';
import { call } from '../client/engine-response.js';

/** Of a step that an index of somebody else's got in the way of. */
const ATTEMPTS = 5;

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
      // Taken from wherever it is in the same step, not from where a read before said it was.
      const actions = [{ remove: { index: '*', alias, must_exist: false } }, { add: { index, alias } }];
      const move = () => call(transport, { method: 'POST', path: '/_aliases', body: { actions } });
      // An index of somebody else's that is deleted at this moment is still in `*`, and fails the step.
      const othersGone = (error: unknown) =>
        error instanceof KindredError &&
        error.code === 'index-not-found' &&
        !error.message.includes(`[${index}]`);
      for (let left = ATTEMPTS - 1; ; left -= 1) {
        try {
          await move();
          return;
        } catch (error) {
          if (left === 0 || !othersGone(error)) throw error;
        }
      }
    },
  };
}
