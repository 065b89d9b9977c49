// Badges with the state of a model and its live version, in the same words and colours everywhere.
import { Badge, Group } from '@mantine/core';
import type { ModelView } from '../../../contract/model.js';
import { useModelTold } from './use-model-steps.js';

export function ModelBadges({ model }: { readonly model: ModelView }) {
  const { badges } = useModelTold(model);
  return (
    <Group gap={6}>
      {badges.map(({ label, color }) => (
        <Badge key={label} color={color}>
          {label}
        </Badge>
      ))}
    </Group>
  );
}
