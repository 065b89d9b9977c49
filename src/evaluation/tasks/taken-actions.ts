// What taking a product means in a log, under whatever names.
import { canonicalEventName } from '../../core/event/event-names.js';
import type { TrainingSource } from '../../training/sources/training-source.js';

export const CLICKS = ['view', 'click'];

/** Names of purchases; where the log has none before the cut, of clicks. */
export async function takenActions(source: Pick<TrainingSource, 'survey'>): Promise<readonly string[]> {
  const purchases = await named(source, ['purchase']);
  return purchases.length > 0 ? purchases : clickActions(source);
}

/** Names of clicks: Kindred's own where the log has none before the cut. */
export async function clickActions(source: Pick<TrainingSource, 'survey'>): Promise<readonly string[]> {
  const clicks = await named(source, CLICKS);
  return clicks.length > 0 ? clicks : CLICKS;
}

async function named(
  source: Pick<TrainingSource, 'survey'>,
  events: readonly string[],
): Promise<readonly string[]> {
  const { seen } = await source.survey();
  return seen.map(({ action }) => action).filter((action) => events.includes(canonicalEventName(action)));
}
