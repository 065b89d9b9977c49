// The stages of a training, in order and in words.
import type { TrainingProgress } from '../../../core/model/training-run.js';

const WORDS: Readonly<Record<TrainingProgress['stage'], string>> = {
  'read events': 'Reading events',
  'read catalog': 'Reading the catalog',
  'compute affinities': 'Computing affinities',
  'judge quality': 'Judging quality by what shoppers took before',
  'publish profiles': 'Publishing profiles',
  check: 'Checking the result',
};

export interface Stage {
  readonly name: string;
  readonly words: string;
  readonly state: 'done' | 'running' | 'waiting';
}

/** @param current as the API names it; null before the first */
export function stagesAt(current: string | null): Stage[] {
  const names = Object.keys(WORDS);
  const reached = current === null ? -1 : names.indexOf(current);
  return Object.entries(WORDS).map(([name, words], index) => ({
    name,
    words,
    state: index < reached ? 'done' : index === reached ? 'running' : 'waiting',
  }));
}
