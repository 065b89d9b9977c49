// Badges with the state of a model and its active version, in the same colours everywhere.
import { Badge, Group } from '@mantine/core';
import type { ModelView } from '../../../contract/model.js';
import { STATE_WORDS } from '../../lib/words/model-state-words.js';

const COLORS = { draft: 'gray', training: 'blue', trained: 'violet', saved: 'cyan', active: 'teal' } as const;

export function ModelBadges({ model }: { readonly model: Pick<ModelView, 'state' | 'activeVersion'> }) {
  return (
    <Group gap={6}>
      {model.activeVersion !== null && model.state !== 'active' && (
        <Badge color="teal">Active: version {model.activeVersion}</Badge>
      )}
      <Badge color={COLORS[model.state]}>{STATE_WORDS[model.state].label}</Badge>
    </Group>
  );
}
