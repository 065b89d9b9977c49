// What taking a product means in a log.
import { eventNamed } from '../../core/event-names.js';
import type { TrainingSource } from '../training-source.js';
import { CLICKS } from './session-task.js';

/** A purchase, by whatever name; where the log has none before the cut, a click. */
export async function takenActions(source: Pick<TrainingSource, 'survey'>): Promise<readonly string[]> {
  const { seen } = await source.survey();
  const named = (...events: readonly string[]) =>
    seen.map(({ action }) => action).filter((action) => events.includes(eventNamed(action)));
  return [named('purchase'), named(...CLICKS)].find((actions) => actions.length > 0) ?? CLICKS;
}
