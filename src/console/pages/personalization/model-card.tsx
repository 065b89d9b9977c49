// The card of a model: its state, its facts and its actions.
import { Button, Card, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { AuditEntry } from '../../../contract/audit.js';
import type { ModelView } from '../../../contract/model.js';
import { useSettings } from '../../api/settings.js';
import { ModelBadges } from '../../components/model/model-badges.js';
import { STATE_WORDS } from '../../lib/words/model-state-words.js';
import { ModelFacts } from './model-facts.js';
import { ModelMenu } from './model-menu.js';
import { NextStep } from './next-step.js';

const OFF_WORDS = 'Serves your shoppers once personalization is on again.';

interface ModelCardProps {
  readonly model: ModelView;
  /** the one that serves */
  readonly active: ModelView | null;
  readonly lastChange: AuditEntry | null;
  readonly own: string | null;
  /** null where no place is free */
  readonly onDuplicate: (() => void) | null;
}

export function ModelCard({ model, active, lastChange, own, onDuplicate }: ModelCardProps) {
  const { data: settings } = useSettings();
  const serves = model.activeVersion !== null;
  const off = settings?.data.personalization.enabled === false;
  return (
    <Card
      component="article"
      aria-labelledby={`model-${model.id}`}
      style={serves ? { borderColor: 'var(--mantine-color-teal-filled)' } : undefined}
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
        <Text size="sm">{serves && off ? OFF_WORDS : STATE_WORDS[model.state].means}</Text>
        <Divider />
        <ModelFacts model={model} lastChange={lastChange} own={own} />
        <Group gap="sm" mt="auto" pt="xs">
          <NextStep model={model} active={active} />
          <Button component={Link} href={`/personalization/${model.id}`} variant="default">
            Configure
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
