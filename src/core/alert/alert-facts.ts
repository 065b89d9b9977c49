// What alerts are judged from: counts of the last hour, the hours before, and how models and their trainings stand.
import type { Quality } from '../model/quality-schema.js';

/** What proxies counted in the last hour; added up over every Kindred of a cluster. */
export interface ProxyCounts {
  /** first searches of visitors, and those that went on without what was not read in time */
  readonly first: number;
  readonly late: number;
  /** of the last five minutes: searches whose profiles or session could not be read */
  readonly unreadable: number;
  /** searches for which profiles were looked up, and those with a profile */
  readonly lookups: number;
  readonly known: number;
  /** events by what became of them */
  readonly accepted: number;
  readonly rejected: number;
}

/** Events by their canonical name. */
export type EventCounts = Readonly<Record<string, number>>;

/** What was counted at the end of an hour. */
export interface CountedHour {
  /** hours since the epoch */
  readonly hour: number;
  readonly events: EventCounts;
  readonly lookups: number;
  readonly known: number;
}

/** A model and its latest training. */
export interface ModelFacts {
  readonly id: string;
  readonly name: string;
  /** the live version; null while the model is not live */
  readonly live: { readonly version: number; readonly verdict: Quality['verdict'] | null } | null;
  /** the version trained last */
  readonly newest: { readonly version: number; readonly verdict: Quality['verdict'] | null } | null;
  readonly training: 'idle' | 'running' | 'completed' | 'failed' | 'cancelled';
  /** why the latest training, or what its schedule did with it, failed */
  readonly error: string | null;
}

/** Null is what could not be read. */
export interface AlertFacts {
  /** milliseconds since the epoch */
  readonly now: number;
  readonly proxies: ProxyCounts;
  /** stored in the last 60 minutes, by when they happened */
  readonly events: EventCounts | null;
  /** of the last eight days */
  readonly hours: readonly CountedHour[];
  readonly models: readonly ModelFacts[] | null;
  /** of the live model of each catalog: users with an event that counts, and those with a profile */
  readonly reach:
    | readonly { readonly model: string; readonly people: number; readonly individual: number }[]
    | null;
}

export function sumCounts(all: readonly ProxyCounts[]): ProxyCounts {
  const sum = (pick: (counts: ProxyCounts) => number) => all.reduce((total, each) => total + pick(each), 0);
  return {
    first: sum(({ first }) => first),
    late: sum(({ late }) => late),
    unreadable: sum(({ unreadable }) => unreadable),
    lookups: sum(({ lookups }) => lookups),
    known: sum(({ known }) => known),
    accepted: sum(({ accepted }) => accepted),
    rejected: sum(({ rejected }) => rejected),
  };
}
