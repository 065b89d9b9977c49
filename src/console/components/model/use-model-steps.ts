// What is told of a model on every page, and the actions behind its next step: save, train and judge, save a version.
import { useLocation } from 'wouter';
import type { ModelView } from '../../../contract/model.js';
import type { Model } from '../../../core/model/model.js';
import { saveVersion, useVersions } from '../../api/models.js';
import { type Edits, saveEdits } from '../../api/save-edits.js';
import { useSettings } from '../../api/settings.js';
import { startTraining } from '../../api/training.js';
import { type ModelStep, type ModelTold, tellModel } from '../../lib/model/model-steps.js';
import { trainedConfig } from '../../lib/model/trained-config.js';
import { readEdits } from '../../lib/model/unsaved-draft.js';
import { notifyDone } from '../feedback/notify.js';
import { useAction } from '../feedback/use-action.js';

const CONFLICT = 'somebody else saved this model meanwhile; open Configure to see both and choose';

export function useModelTold(model: ModelView): ModelTold {
  const { data: versions } = useVersions(model.id);
  const on = useOn();
  const unsaved = readEdits(sessionStorage, model.id)?.config ?? null;
  return tellModel({ model, trained: trainedConfig(versions ?? []), unsaved, on });
}

/** The next step of a model with other edits than those that this tab keeps: what is on screen. */
export function useStepWith(id: string): (model: ModelView, unsaved: Model) => ModelStep {
  const { data: versions } = useVersions(id);
  const on = useOn();
  const trained = trainedConfig(versions ?? []);
  return (model, unsaved) => tellModel({ model, trained, unsaved, on }).step;
}

/** Whether personalization is on; true while that is being read. */
export function useOn(): boolean {
  const { data } = useSettings();
  return data?.data.personalization.enabled !== false;
}

/**
 * Saves what is unsaved in this tab, starts the training, and shows it.
 * @param edits read when the button is pressed
 */
export function useTrain(id: string, edits: () => Edits | null) {
  const [, goTo] = useLocation();
  return useAction(
    async () => {
      await save(edits());
      await startTraining(id);
      goTo(`/personalization/${id}/training`);
    },
    { failed: 'The training did not start' },
  );
}

/** Saves what is unsaved in this tab, and then the version. */
export function useSaveVersion(id: string, edits: () => Edits | null) {
  return useAction(
    async () => {
      await save(edits());
      const { savedVersion } = await saveVersion(id);
      notifyDone(`Version ${savedVersion} is saved`);
    },
    { failed: 'The version was not saved' },
  );
}

async function save(edits: Edits | null): Promise<void> {
  if (edits && (await saveEdits(edits))) throw new Error(CONFLICT);
}
