// Says that this tab has edits of a model that are not saved, by name, and where they are.
import { Alert, Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { ModelView } from '../../../contract/model.js';
import { stripBidiControls } from '../../lib/words/strip-bidi-controls.js';
import { useModelTold } from './use-model-steps.js';

export function UnsavedEdits({ model }: { readonly model: ModelView }) {
  const { unsavedWords } = useModelTold(model);
  if (unsavedWords === null) return null;
  return (
    <Alert
      color="yellow"
      p="xs"
      title={stripBidiControls(`${model.name}, not saved: ${unsavedWords || 'how overrides are grouped'}`)}
    >
      Edited in this tab.{' '}
      <Anchor component={Link} href={`/personalization/${model.id}`} size="sm" c="inherit" td="underline">
        Look at the edits
      </Anchor>
    </Alert>
  );
}
