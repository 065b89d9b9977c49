// Says which edits a running training does not include.
import { Alert } from '@mantine/core';
import type { ModelView } from '../../../contract/model.js';
import type { Model } from '../../../core/model/model.js';
import { useTraining } from '../../api/training.js';
import { configOf } from '../../lib/model/model-config.js';
import { afterRunWords, notInRunWords } from '../../lib/model/model-steps.js';
import { readEdits } from '../../lib/model/unsaved-draft.js';

interface NotInRunProps {
  readonly model: ModelView;
  /** the edits on screen; absent: those that this tab keeps */
  readonly unsaved?: Model;
}

export function NotInRun({ model, unsaved }: NotInRunProps) {
  const { data } = useTraining(model.id);
  const run = data?.data.state === 'running' ? data.data.configuration : null;
  const edits = unsaved ?? readEdits(sessionStorage, model.id)?.config ?? null;
  const words = run && notInRunWords(run, { model, unsaved: edits });
  if (!run || !words) return null;
  return (
    <Alert color="yellow" p="xs" title={`Not in this training: ${words}`}>
      Edited since it began. {afterRunWords(run, edits ?? configOf(model))}
    </Alert>
  );
}
