// Training schedules in words: the usual ones to choose from, and the outcome of the last run.
import type { ModelView } from '../../../contract/model.js';
import type { ScheduledRun } from '../../../contract/schedule.js';

export const SCHEDULES = [
  { cron: '0 3 * * *', words: 'Every night at 3:00' },
  { cron: '0 */6 * * *', words: 'Every six hours' },
  { cron: '0 * * * *', words: 'Every hour' },
  { cron: '0 3 * * 1', words: 'Every Monday at 3:00' },
  { cron: '0 3 1 * *', words: 'On the first of each month at 3:00' },
] as const;

/** The expression in words where it is a usual one, else the expression itself. */
export function scheduleWords(cron: string): string {
  return SCHEDULES.find((each) => each.cron === cron)?.words ?? cron;
}

/** What the next scheduled training does to a model as it stands. @param unsaved it has edits that are in this tab alone */
export function nightWords(
  model: Pick<ModelView, 'activeVersion' | 'edits' | 'changes'>,
  unsaved: boolean,
): string {
  const { activeVersion, edits, changes } = model;
  const tab = unsaved ? ' What is not saved in this tab is not part of it.' : '';
  if (edits.length > 0)
    return `Your saved draft will be trained with it, but nothing goes live: you decide about the draft first.${tab}`;
  if (activeVersion === null)
    return `The new version will be saved, but nothing of this model goes live: it is not live now.${tab}`;
  if (changes.some(({ path }) => path !== 'name'))
    return `The new version will be saved, but not go live: its settings differ from those of version ${activeVersion}, which is live until you decide.${tab}`;
  return `The new version will go live by itself, unless it is judged worse.${tab}`;
}

export const OUTCOME_WORDS: Readonly<Record<ScheduledRun['outcome'], string>> = {
  running: 'is running',
  activated: 'trained, saved and made live',
  saved: 'trained and saved',
  trained: 'trained, but not saved',
  skipped: 'was skipped',
  cancelled: 'was cancelled',
  failed: 'failed',
};
