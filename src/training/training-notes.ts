// The notes of a run that succeeded, one sentence each.
import { CLOCK_SKEW_MS } from '../core/event/ubi-event.js';
import { formatCount } from '../core/format-count.js';
import type { AffinitySummary } from './affinities/compute-affinities.js';
import type { EventSurvey } from './sources/event-survey.js';
import type { EventsRead } from './sources/training-source.js';
import type { TrainingWindow } from './sources/training-window.js';

/** Where the events of a run from the engine came from. */
export function readingNote({ read, archived }: EventsRead): string {
  const kept = archived > 0 ? `, and ${formatCount(archived, 'event')} from the archive` : '';
  return `Read ${formatCount(read, 'event')} from the engine${kept}.`;
}

/** Events and profiles that were not counted or published as may be expected. */
export function countingNotes(run: {
  readonly summary: AffinitySummary;
  readonly survey: EventSurvey;
  readonly window: TrainingWindow;
  /** profiles that were not published */
  readonly skipped: number;
}): string[] {
  const { summary, survey, window, skipped } = run;
  return [
    windowNote(window),
    ...summary.notes,
    ...futureNote(survey, window),
    ...(summary.unknownProducts > 0
      ? [`Skipped ${formatCount(summary.unknownProducts, 'event')} on products the catalog does not know.`]
      : []),
    ...(skipped > 0
      ? [`Left out ${formatCount(skipped, 'profile')} with an id that is too long for the engine.`]
      : []),
  ];
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** Trainings of one day can count other events: the window ends with the newest one. */
function windowNote({ since, asOf }: TrainingWindow): string {
  const until = DAY.format(asOf);
  return since === null
    ? `Counted events up to ${until}.`
    : `Counted events from ${DAY.format(since)} to ${until}.`;
}

function futureNote({ newest }: EventSurvey, { asOf }: TrainingWindow): string[] {
  if (newest === null || newest <= asOf + CLOCK_SKEW_MS) return [];
  const when = new Date(newest).toISOString();
  return [
    `The newest event is of ${when}, in the future; such events count as of now. Check their timestamps.`,
  ];
}
