// A model as the console tells it: its badges, its version, and the one step that is next, named by what it will do.
import type { ModelView } from '../../../contract/model.js';
import type { Model } from '../../../core/model/model.js';
import { modelChanges } from '../../../core/model/model-changes.js';
import { isAppliedAtSave } from '../../../core/model/training-needs.js';
import { capitalize } from '../words/sentence.js';
import { settingsWords } from '../words/setting-words.js';
import { configOf } from './model-config.js';

/** What is known of a model in this tab. */
export interface ModelSituation {
  readonly model: ModelView;
  /** the settings that the profiles of its current version were trained with; null before the first training */
  readonly trained: Model | null;
  /** its settings with the edits that this tab has not saved; null without any */
  readonly unsaved: Model | null;
  /** whether personalization is on */
  readonly on: boolean;
}

/**
 * `train` saves what is unsaved, then trains and judges; `save` saves what is unsaved, then a version; `make-live` serves from the saved
 * version; `watch` and `done` change nothing.
 */
export interface ModelStep {
  readonly kind: 'train' | 'watch' | 'save' | 'make-live' | 'done';
  /** of the button; names the version that it makes or publishes */
  readonly label: string;
  /** what the button will do, in one or two sentences */
  readonly says: string;
}

export interface ModelBadge {
  readonly label: string;
  readonly color: 'gray' | 'blue' | 'violet' | 'cyan' | 'teal';
}

export interface ModelTold {
  readonly badges: readonly ModelBadge[];
  /** where the model is, in one sentence */
  readonly means: string;
  /** of what the version, its training and its quality are told */
  readonly version: number | null;
  /** the version in words, with what is live */
  readonly versionWords: string;
  /** edits that this tab has not saved, by name; null without any */
  readonly unsavedWords: string | null;
  readonly step: ModelStep;
  /** a training now, whatever the next step is */
  readonly training: ModelStep;
}

export function tellModel(situation: ModelSituation): ModelTold {
  const { model, unsaved } = situation;
  return {
    badges: badgesOf(situation),
    means: meaningOf(situation),
    version: model.currentVersion,
    versionWords: versionWords(situation),
    unsavedWords: unsaved && settingsWords(modelChanges(configOf(model), unsaved)),
    step: stepOf(situation),
    training: trainingOf(situation),
  };
}

/**
 * Settings that a running training does not include, as they were edited since it began; empty where it has all.
 * @param run the settings that it trains
 */
export function notInRunWords(
  run: Model,
  { model, unsaved }: Pick<ModelSituation, 'model' | 'unsaved'>,
): string {
  return settingsWords(modelChanges(run, unsaved ?? configOf(model)));
}

/** How what a running training does not include comes into effect. */
export function afterRunWords(run: Model, edited: Model): string {
  return isAppliedAtSave(run, edited)
    ? 'It needs no training: save it as a version when this one has ended.'
    : 'Train again afterwards to bring that in.';
}

/** Without personalization nothing is live, whatever version is chosen. */
export function liveWords(version: number, on: boolean): string {
  return on ? `Live: version ${version}` : `Off: version ${version} waits`;
}

function badgesOf({ model: { state, activeVersion, currentVersion }, on }: ModelSituation): ModelBadge[] {
  const live: ModelBadge[] =
    activeVersion === null ? [] : [{ label: liveWords(activeVersion, on), color: on ? 'teal' : 'gray' }];
  switch (state) {
    case 'draft':
      return [...live, { label: 'Draft', color: 'gray' }];
    case 'training':
      return [...live, { label: 'Training', color: 'blue' }];
    case 'trained':
      return [...live, { label: `Trained: version ${currentVersion}`, color: 'violet' }];
    case 'saved':
      return [...live, { label: `Saved: version ${currentVersion}`, color: 'cyan' }];
    case 'active':
      return live;
  }
}

function meaningOf({ model, on }: ModelSituation): string {
  const { state, currentVersion, edits, needsTraining } = model;
  switch (state) {
    case 'draft':
      if (currentVersion === null) return 'It was never trained.';
      return `Edited since version ${currentVersion}: ${settingsWords(edits) || 'how overrides are grouped'}. ${
        needsTraining ? 'A training brings that into effect.' : 'No training is needed for that.'
      }`;
    case 'training':
      return on || model.activeVersion === null
        ? 'Being trained. What is live stays live.'
        : 'Being trained. Personalization stays off meanwhile.';
    case 'trained':
      return `Look at what version ${currentVersion} is worth, then save it.`;
    case 'saved':
      return `Version ${currentVersion} can be made live at any time.`;
    case 'active':
      return on
        ? 'Ranks the searches of your shoppers.'
        : 'Ranks the searches of your shoppers once personalization is on again.';
  }
}

function versionWords({ model: { currentVersion, activeVersion }, on }: ModelSituation): string {
  if (currentVersion === null) return 'None yet: it was never trained';
  if (activeVersion === null) return `${currentVersion}, not live`;
  if (activeVersion === currentVersion) return `${currentVersion}, ${on ? 'live' : 'live once on again'}`;
  return `${currentVersion}; version ${activeVersion} is ${on ? 'live' : 'live once on again'}`;
}

function stepOf(situation: ModelSituation): ModelStep {
  const { model, trained, unsaved, on } = situation;
  const { state, version, currentVersion } = model;
  if (state === 'training')
    return { kind: 'watch', label: 'Watch training', says: 'It goes on whether you watch it or not.' };
  const stays = liveStays(situation);
  if (unsaved || state === 'draft') {
    const next = version + 1;
    const applied = unsaved ? trained !== null && isAppliedAtSave(trained, unsaved) : !model.needsTraining;
    if (!applied) return trainingOf(situation);
    return {
      kind: 'save',
      label: `Save as version ${next}`,
      says: capitalize(
        `${savesWords(situation)}makes version ${next}, and tells what the last training found it to be worth. No training is needed.${stays}`,
      ),
    };
  }
  switch (state) {
    case 'trained':
      return {
        kind: 'save',
        label: `Save version ${currentVersion}`,
        says: `Keeps version ${currentVersion}, so that it can be made live.${stays}`,
      };
    case 'saved':
      return {
        kind: 'make-live',
        label: `Make version ${currentVersion} live`,
        says: on
          ? `Version ${currentVersion} ranks the searches of your shoppers within two seconds.`
          : `Version ${currentVersion} ranks the searches of your shoppers once personalization is on again.`,
      };
    case 'active':
      return { kind: 'done', label: 'Training', says: meaningOf(situation) };
  }
}

function trainingOf(situation: ModelSituation): ModelStep {
  const { model, unsaved } = situation;
  return {
    kind: 'train',
    label: unsaved ? 'Save, train and judge' : 'Train and judge',
    says: capitalize(
      `${savesWords(situation)}trains version ${model.version + 1} on your events and judges it by what shoppers took in the newest part of the past.${liveStays(situation)}`,
    ),
  };
}

function savesWords({ model, unsaved }: ModelSituation): string {
  return unsaved ? `saves ${settingsWords(modelChanges(configOf(model), unsaved)) || 'your edits'}, ` : '';
}

function liveStays({ model: { activeVersion }, on }: ModelSituation): string {
  if (activeVersion === null) return '';
  return on
    ? ` Version ${activeVersion} stays live meanwhile.`
    : ` Version ${activeVersion} stays chosen meanwhile.`;
}
