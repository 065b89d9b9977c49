// What settings, of a model and others, are called on screen: changed ones with their values before and after, refused ones with
// their line.
import type { ModelChange } from '../../../core/model/model-changes.js';
import { stripBidiControls } from './strip-bidi-controls.js';
import { isTimeDecay, TIME_DECAY_WORDS } from './time-decay-words.js';

export interface ChangeWords {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** The parts of a model, as the sections of the configure page are called. */
const SECTIONS: Readonly<Record<string, string>> = {
  name: 'Name',
  catalog: 'Catalog',
  globalAffinityFields: 'Affinity fields',
  categoryOverrides: 'Category overrides',
  profiles: 'Profiles',
  group: 'Groups',
  products: 'Buy again and related products',
  eventWeights: 'Event weights',
  timeDecay: 'Time decay',
  impact: 'Impact',
};

/** Single settings, as their controls are called. */
const SETTINGS: Readonly<Record<string, string>> = {
  name: 'Name',
  catalog: 'Catalog',
  'profiles.individual': 'Individual profile',
  'profiles.inSession': 'In-session profile',
  'profiles.sessionProfile': 'Tastes of the session',
  'profiles.group': 'Group profile',
  'group.by': 'Who is alike',
  'group.attributes': 'Group attributes',
  'products.buyAgain': 'Buy again',
  'products.related': 'Related products',
  timeDecay: 'Time decay',
  impact: 'Impact',
  'personalization.enabled': 'Personalization',
  'rankingMix.relevance': 'Ranking mix: relevance',
  'rankingMix.performance': 'Ranking mix: performance',
  'rankingMix.merchandising': 'Ranking mix: merchandising',
  'rankingMix.personalization': 'Ranking mix: personalization',
  cron: 'Trained by the clock',
  timezone: 'Time zone',
};

/** One entry of a list. */
const ENTRIES: Readonly<Record<string, string>> = {
  globalAffinityFields: 'Affinity field',
  categoryOverrides: 'Category override',
  eventWeights: 'Event',
};

/** Where a finding belongs: `eventWeights.5.event` is “Event weights, line 6”. */
export function placeWords(path: string): string {
  const [section = '', ...rest] = path.split('.');
  const index = rest.find((step) => /^\d+$/.test(step));
  const words = SECTIONS[section];
  if (words === undefined) return path;
  return index === undefined ? words : `${words}, line ${Number(index) + 1}`;
}

/** `globalAffinityFields.brand.weight` 50 → 30 is “Affinity field brand”, “50”, “30”. */
export function changeWords({ path, before, after }: ModelChange): ChangeWords {
  return { what: settingWords(path), before: valueWords(path, before), after: valueWords(path, after) };
}

/** `Impact, Group profile and 2 more`; empty without changes. */
export function settingsWords(changes: readonly ModelChange[]): string {
  const names = [...new Set(changes.map(({ path }) => settingWords(path)))].map(stripBidiControls);
  if (names.length <= 3) return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

function settingWords(path: string): string {
  const [list = ''] = path.split('.', 1);
  const entry = ENTRIES[list];
  if (!entry) return SETTINGS[path] ?? path;
  return `${entry} ${path.slice(list.length + 1).replace(/\.weight$/, '')}`;
}

function valueWords(path: string, value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length > 0 ? stripBidiControls(value.join(', ')) : 'none';
  const text = String(value);
  return path === 'timeDecay' && isTimeDecay(text) ? TIME_DECAY_WORDS[text].window : text;
}
