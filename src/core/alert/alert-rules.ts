// The table of alerts: what each is judged by, how soon it fires and resolves, and what it says.
import { formatCount } from '../format-count.js';
import type { AlertFacts, ModelFacts } from './alert-facts.js';
import { judgeTypes } from './dried-up.js';
import { earlierDays, usualCoverage } from './usual-hours.js';

/** In the order in which they are shown. */
export const ALERT_NAMES = [
  'version-worse',
  'training-failed',
  'events-dried-up',
  'events-rejected',
  'profiles-unreadable',
  'profiles-too-late',
  'profiles-missing',
  'profile-coverage',
] as const;

export type AlertName = (typeof ALERT_NAMES)[number];

export interface Judgement {
  /** the model or event type it is of; null where there is one of its kind */
  readonly subject: string | null;
  /** null leaves an alert as it is: too little to tell, or between its two thresholds */
  readonly bad: boolean | null;
  readonly summary: string;
  /** of the console, where it is looked into */
  readonly page: string;
}

interface AlertRule {
  readonly severity: 'critical' | 'warning';
  /** checks in a row (one a minute) before it fires, and before it resolves */
  readonly checks: number;
  /** null: the facts could not be read, so everything stays as it is */
  judge(facts: AlertFacts): Judgement[] | null;
}

/** The same in the rules for Prometheus in docs/operations.md. */
export const LATE = { share: 0.05, min: 20 };
export const REJECTED = { share: 0.05, min: 20 };
/** Of what is usual. */
const LOW_COVERAGE = 0.5;
const COVERAGE_AGAIN = 0.7;
/** Fewer searches of an hour say little. */
const MIN_LOOKUPS = 100;
/** Of the users with a history, those that have a profile. */
const LOW_REACH = 0.5;
const REACH_AGAIN = 0.6;
const MIN_PEOPLE = 100;

const ofModel = (facts: AlertFacts, judge: (model: ModelFacts) => Omit<Judgement, 'subject' | 'page'>) =>
  facts.models?.map((model) => ({ ...judge(model), subject: model.id, page: trainingPage(model.id) })) ??
  null;

export const ALERT_RULES: Readonly<Record<AlertName, AlertRule>> = {
  'version-worse': {
    severity: 'critical',
    checks: 1,
    judge: (facts) => ofModel(facts, judgeVersions),
  },
  'training-failed': {
    severity: 'warning',
    checks: 1,
    judge: (facts) =>
      ofModel(facts, ({ name, training, error }) => ({
        bad: error !== null ? true : training === 'completed' || training === 'idle' ? false : null,
        summary: `The last training of “${name}” failed: ${error ?? 'no reason is known'}`,
      })),
  },
  'events-dried-up': {
    severity: 'critical',
    checks: 5,
    judge: ({ events, hours, now }) =>
      events &&
      judgeTypes(events, earlierDays(hours, now)).map(({ type, dry, count, expected }) => ({
        subject: type,
        bad: dry,
        summary: `${formatCount(count, type === null ? 'event' : `“${type}” event`)} came in the last hour; about ${Math.round(expected ?? 0).toLocaleString('en')} are usual`,
        page: '/events',
      })),
  },
  'events-rejected': {
    severity: 'warning',
    checks: 5,
    judge: ({ proxies: { accepted, rejected } }) => [
      {
        ...shareOf(rejected, accepted + rejected, REJECTED),
        summary: `${rejected.toLocaleString('en')} of ${formatCount(accepted + rejected, 'event')} of the last hour were rejected`,
        page: '/events',
      },
    ],
  },
  'profiles-unreadable': {
    severity: 'critical',
    checks: 5,
    judge: ({ proxies: { unreadable } }) => [
      {
        subject: null,
        bad: unreadable > 0,
        summary: 'Searches go on without sessions or profiles, which cannot be read',
        page: '/overview',
      },
    ],
  },
  'profiles-too-late': {
    severity: 'warning',
    checks: 5,
    judge: ({ proxies: { first, late } }) => [
      {
        ...shareOf(late, first, LATE),
        summary: `${late.toLocaleString('en')} of ${first.toLocaleString('en')} first searches of shoppers in the last hour went on without profiles that were not read in time`,
        page: '/overview',
      },
    ],
  },
  'profiles-missing': {
    severity: 'warning',
    checks: 1,
    judge: ({ reach, models }) => {
      if (!reach?.length) return models && !models.some(({ live }) => live) ? [] : null;
      return reach.map(({ model, people, individual }) => ({
        subject: model,
        bad: people < MIN_PEOPLE ? null : between(individual / people, LOW_REACH, REACH_AGAIN),
        summary: `Only ${individual.toLocaleString('en')} of ${formatCount(people, 'shopper')} with a history have a profile in the live version: train it again`,
        page: trainingPage(model),
      }));
    },
  },
  'profile-coverage': {
    severity: 'warning',
    checks: 5,
    judge: ({ proxies: { lookups, known }, hours }) => {
      const usual = usualCoverage(hours);
      const share = known / Math.max(1, lookups);
      // Without a usual share only the plainest case is told: nobody is known.
      const bad = usual === null ? known === 0 : between(share / usual, LOW_COVERAGE, COVERAGE_AGAIN);
      const than = usual === null ? '' : `; ${percent(usual)} are usual`;
      return [
        {
          subject: null,
          bad: lookups < MIN_LOOKUPS ? null : bad,
          summary: `${percent(share)} of the searches of the last hour were of shoppers with a profile${than}`,
          page: '/overview',
        },
      ];
    },
  },
};

/** The live version, and one that was trained to follow it. */
function judgeVersions({ name, live, newest }: ModelFacts): Pick<Judgement, 'bad' | 'summary'> {
  const follows = live && newest && newest.version > live.version;
  if (follows && live.verdict !== 'worse')
    return {
      bad: newest.verdict === 'worse',
      summary: `Version ${newest.version} of “${name}” was judged worse and is not live; version ${live.version} is`,
    };
  return {
    bad: live?.verdict === 'worse',
    summary: `Version ${live?.version ?? 0} of “${name}” is live, though it was judged worse`,
  };
}

/** Bad above the share, of at least `min` parts; good at half of the share. */
function shareOf(part: number, whole: number, { share, min }: { share: number; min: number }) {
  const enough = whole >= min && part > share * whole;
  return { subject: null, bad: enough ? true : part <= (share / 2) * whole ? false : null };
}

function between(value: number, low: number, again: number): boolean | null {
  return value < low ? true : value >= again ? false : null;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function trainingPage(model: string): string {
  return `/personalization/${encodeURIComponent(model)}/training`;
}
