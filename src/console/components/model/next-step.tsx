// The one button that brings a model a step further, named by what it does: train and judge, watch, save, make live.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ModelView } from '../../../contract/model.js';
import { useModels } from '../../api/models.js';
import { useMayEdit } from '../../api/session.js';
import { readEdits } from '../../lib/model/unsaved-draft.js';
import { ActivateDialog } from '../dialogs/activate-dialog.js';
import { useModelTold, useSaveVersion, useTrain } from './use-model-steps.js';

interface NextStepProps {
  readonly model: ModelView;
}

export function NextStep({ model }: NextStepProps) {
  const mayEdit = useMayEdit();
  const { data: models } = useModels();
  const [activating, setActivating] = useState(false);
  const edits = () => readEdits(sessionStorage, model.id);
  const train = useTrain(model.id, edits);
  const save = useSaveVersion(model.id, edits);
  const { kind, label, says } = useModelTold(model).step;
  const training = `/personalization/${model.id}/training`;
  switch (kind) {
    case 'watch':
    case 'done':
      return (
        <Button component={Link} href={training} variant={kind === 'done' ? 'light' : undefined}>
          {label}
        </Button>
      );
    case 'train':
      return (
        <Button disabled={!mayEdit} loading={train.running} onClick={train.start} title={says}>
          {label}
        </Button>
      );
    case 'save':
      return (
        <Button disabled={!mayEdit} loading={save.running} onClick={save.start} title={says}>
          {label}
        </Button>
      );
    case 'make-live':
      return (
        <>
          <Button disabled={!mayEdit} onClick={() => setActivating(true)} title={says}>
            {label}
          </Button>
          {activating && (
            <ActivateDialog
              model={model}
              active={models?.find(({ activeVersion }) => activeVersion !== null) ?? null}
              onClose={() => setActivating(false)}
            />
          )}
        </>
      );
  }
}
