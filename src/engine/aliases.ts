// Aliases: where one points, and moving it in one step.
import type { EngineClient, EngineTransport } from './client.js';
import { call } from './engine-answer.js';

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
      await call(transport, { method: 'POST', path: '/_aliases', body: { actions } });
    },
  };
}
