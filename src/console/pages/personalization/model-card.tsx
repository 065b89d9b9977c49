// The card of a model: its state, its facts and its actions.
import { Button, Card, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { AuditEntry } from '../../../contract/audit.js';
import type { ModelView } from '../../../contract/model.js';
import { ModelBadges } from '../../components/model/model-badges.js';
import { NextStep } from '../../components/model/next-step.js';
import { NotInRun } from '../../components/model/not-in-run.js';
import { UnsavedEdits } from '../../components/model/unsaved-edits.js';
import { useModelTold, useOn } from '../../components/model/use-model-steps.js';
import { ModelFacts } from './model-facts.js';
import { ModelMenu } from './model-menu.js';

interface ModelCardProps {
  readonly model: ModelView;
  readonly lastChange: AuditEntry | null;
  readonly own: string | null;
  /** null where no place is free */
  readonly onDuplicate: (() => void) | null;
}

export function ModelCard({ model, lastChange, own, onDuplicate }: ModelCardProps) {
  const told = useModelTold(model);
  const live = useOn() && model.activeVersion !== null;
  return (
    <Card
      component="article"
      aria-labelledby={`model-${model.id}`}
      style={live ? { borderColor: 'var(--mantine-color-teal-filled)' } : undefined}
    >
      <Stack gap="sm" h="100%">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
          <div>
            <Title
              order={3}
              size="h4"
              id={`model-${model.id}`}
              lineClamp={2}
              className="name"
              title={model.name}
            >
              {model.name}
            </Title>
            <Text size="xs" c="dimmed">
              {model.kind === 'default' ? 'Default model' : 'Custom model'}
            </Text>
          </div>
          <ModelMenu model={model} onDuplicate={onDuplicate} />
        </Group>
        <ModelBadges model={model} />
        <Text size="sm">{told.means}</Text>
        <UnsavedEdits model={model} />
        {model.state === 'training' && <NotInRun model={model} />}
        <Divider />
        <ModelFacts model={model} lastChange={lastChange} own={own} />
        <Group gap="sm" mt="auto" pt="xs">
          <NextStep model={model} />
          <Button component={Link} href={`/personalization/${model.id}`} variant="default">
            Configure
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
