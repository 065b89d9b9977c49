// A changed setting as people read it: what it is called on screen, and its value before and after.
import type { ModelChange } from '../../../core/model/model-changes.js';
import { stripBidiControls } from './strip-bidi-controls.js';
import { isTimeDecay, TIME_DECAY_WORDS } from './time-decay-words.js';

export interface ChangeWords {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

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
};

const LISTS: Readonly<Record<string, string>> = {
  globalAffinityFields: 'Affinity field',
  categoryOverrides: 'Category override',
  eventWeights: 'Event',
};

/** `globalAffinityFields.brand.weight` 50 → 30 is “Affinity field brand”, “50”, “30”. */
export function changeWords({ path, before, after }: ModelChange): ChangeWords {
  return { what: settingWords(path), before: valueWords(path, before), after: valueWords(path, after) };
}

function settingWords(path: string): string {
  const [list = ''] = path.split('.', 1);
  const listed = LISTS[list];
  if (!listed) return SETTINGS[path] ?? path;
  return `${listed} ${path.slice(list.length + 1).replace(/\.weight$/, '')}`;
}

function valueWords(path: string, value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length > 0 ? stripBidiControls(value.join(', ')) : 'none';
  const text = String(value);
  return path === 'timeDecay' && isTimeDecay(text) ? TIME_DECAY_WORDS[text].window : text;
}

/** Settings that two people have changed to different values. */
export function conflicts(mine: readonly ModelChange[], theirs: readonly ModelChange[]): Set<string> {
  const changed = new Map(theirs.map(({ path, after }) => [path, JSON.stringify(after)]));
  return new Set(
    mine.flatMap(({ path, after }) => {
      const other = changed.get(path);
      return other !== undefined && other !== JSON.stringify(after) ? [path] : [];
    }),
  );
}
