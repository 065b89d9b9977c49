// The one button that brings a model a step further: train, watch, save, activate.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ModelView } from '../../../contract/model.js';
import { saveVersion } from '../../api/models.js';
import { useMayEdit } from '../../api/session.js';
import { ActivateDialog } from '../../components/dialogs/activate-dialog.js';
import { useAction } from '../../components/feedback/use-action.js';

interface NextStepProps {
  readonly model: ModelView;
  readonly active: ModelView | null;
}

export function NextStep({ model, active }: NextStepProps) {
  const mayEdit = useMayEdit();
  const [activating, setActivating] = useState(false);
  const save = useAction(() => saveVersion(model.id), {
    done: `Version ${model.version} is saved`,
    failed: 'The version was not saved',
  });
  const training = `/personalization/${model.id}/training`;
  switch (model.state) {
    case 'draft':
      return (
        <Button component={Link} href={training}>
          Train
        </Button>
      );
    case 'training':
      return (
        <Button component={Link} href={training}>
          Watch training
        </Button>
      );
    case 'trained':
      return (
        <Button disabled={!mayEdit} loading={save.running} onClick={save.start}>
          Save version
        </Button>
      );
    case 'saved':
      return (
        <>
          <Button disabled={!mayEdit} onClick={() => setActivating(true)}>
            Activate
          </Button>
          {activating && (
            <ActivateDialog model={model} active={active} onClose={() => setActivating(false)} />
          )}
        </>
      );
    case 'active':
      return (
        <Button component={Link} href={training} variant="light">
          Training
        </Button>
      );
  }
}
