// How many hits a rescore window may hold on the catalogs, by their settings.
import { z } from 'zod';
import type { EngineClient } from '../../engine/client/client.js';
import { call } from '../../engine/client/engine-response.js';
import { indexPath } from '../../engine/indices/index-path.js';

/** What both engines allow on an index that sets nothing. */
export const DEFAULT_WINDOW_LIMIT = 10_000;
const RESCORE = 'index.max_rescore_window';
/** Counts where the other is not set; the engines' own list of defaults does not say so (measured). */
const RESULT = 'index.max_result_window';

const settingsSchema = z.record(
  z.string(),
  z.object({ settings: z.object({ [RESCORE]: z.coerce.number(), [RESULT]: z.coerce.number() }).partial() }),
);

/** @param indices the catalogs, by index or alias: the smallest limit among all that they stand for counts */
export async function readWindowLimit(
  engine: Pick<EngineClient, 'request'>,
  indices: readonly string[],
): Promise<number> {
  const { body } = await call(engine.request, {
    method: 'GET',
    path: indexPath(indices.join(','), '_settings', `${RESCORE},${RESULT}`),
    querystring: { flat_settings: true, ignore_unavailable: true },
  });
  const limits = Object.values(settingsSchema.parse(body)).map(
    ({ settings }) => settings[RESCORE] ?? settings[RESULT] ?? DEFAULT_WINDOW_LIMIT,
  );
  return Math.min(DEFAULT_WINDOW_LIMIT, ...limits);
}
