// The largest rescore window that the settings of the catalogs' indices allow.
import { z } from 'zod';
import type { EngineClient } from '../../engine/client/client.js';
import { call } from '../../engine/client/engine-response.js';
import { indexPath } from '../../engine/indices/index-path.js';

/** Of both engines, for an index that sets neither. */
export const DEFAULT_WINDOW_LIMIT = 10_000;
const RESCORE = 'index.max_rescore_window';
/** Applies where the other is not set, which the engines' lists of default settings do not show (measured). */
const RESULT = 'index.max_result_window';

const indexSettingsSchema = z.record(
  z.string(),
  z.object({ settings: z.object({ [RESCORE]: z.coerce.number(), [RESULT]: z.coerce.number() }).partial() }),
);

/** @param indices the catalogs, by index or alias; the smallest limit of all their indices applies */
export async function readWindowLimit(
  engine: Pick<EngineClient, 'request'>,
  indices: readonly string[],
): Promise<number> {
  const { body } = await call(engine.request, {
    method: 'GET',
    path: indexPath(indices.join(','), '_settings', `${RESCORE},${RESULT}`),
    querystring: { flat_settings: true, ignore_unavailable: true },
  });
  const limits = Object.values(indexSettingsSchema.parse(body)).map(
    ({ settings }) => settings[RESCORE] ?? settings[RESULT] ?? DEFAULT_WINDOW_LIMIT,
  );
  return Math.min(DEFAULT_WINDOW_LIMIT, ...limits);
}
