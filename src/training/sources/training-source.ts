// What the trainer needs of its source, be it an engine or a dataset directory: the views of a dataset and where values are.
import type { EventSurvey } from './event-survey.js';
import type { TrainingWindow } from './training-window.js';

/** How many events were read from the engine, and how many the archive had already. */
export interface EventsRead {
  readonly read: number;
  readonly archived: number;
}

/**
 * Both sources end in the same views: `dataset_events`, `dataset_products`, `dataset_customers` as `openDataset`
 * describes them, of which the trainer reads ids, actions, timestamps, the category and the expressions below.
 */
export interface TrainingSource {
  /** the newest event and the event types there are */
  survey(): Promise<EventSurvey>;
  /** @param onShare called with the share done, 0–1 */
  readEvents(window: TrainingWindow, onShare: (share: number) => void): Promise<EventsRead>;
  readCatalog(onShare: (share: number) => void): Promise<void>;
  /** SQL for the list of a product's categories, as text */
  readonly categories: string;
  /** SQL for the list of a product's values of a field, as text; after `readCatalog` */
  productValues(field: string): string;
  /** whether a field's values are numbers, which count in bands; after `readCatalog` */
  isNumber(field: string): boolean;
  /** SQL for a customer's attribute as text; null where customers have no such attribute; after `readCatalog` */
  customerValue(attribute: string): string | null;
}
