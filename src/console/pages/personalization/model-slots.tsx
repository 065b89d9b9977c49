// The three places for models: the default one and two custom ones, taken or free.
import { Button, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { AuditEntry } from '../../../contract/audit.js';
import type { ModelView } from '../../../contract/model.js';
import { useMayEdit } from '../../api/session.js';
import { IconPlus } from '../../components/icons.js';
import { AddModelDialog } from './add-model-dialog.js';
import { ModelCard } from './model-card.js';

/** One default model, and these. */
const CUSTOM_PLACES = ['first', 'second'] as const;

interface ModelSlotsProps {
  readonly models: readonly ModelView[];
  readonly entries: readonly AuditEntry[];
  readonly own: string | null;
}

export function ModelSlots({ models, entries, own }: ModelSlotsProps) {
  const mayEdit = useMayEdit();
  /** `new`, or the model to copy */
  const [adding, setAdding] = useState<ModelView | 'new' | null>(null);
  const custom = models.filter(({ kind }) => kind === 'custom').length;
  const free = CUSTOM_PLACES.slice(custom);
  return (
    <Stack gap="md" component="section" aria-labelledby="models">
      <Title order={2} size="h3" id="models">
        Models
      </Title>
      {models.every(({ kind }) => kind !== 'default') && (
        <Text c="dimmed">
          There is no default model yet. It is made from the catalog at the first start that finds products:
          load the catalog and start Kindred again, or add a model of your own.
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        {models.map((model) => (
          <ModelCard
            key={model.id}
            model={model}
            lastChange={entries.find(({ resource }) => resource === `models/${model.id}`) ?? null}
            own={own}
            onDuplicate={free.length > 0 ? () => setAdding(model) : null}
          />
        ))}
        {free.map((place) => (
          <Card key={place} style={{ borderStyle: 'dashed' }} bg="transparent">
            <Stack gap="sm" align="center" justify="center" h="100%" ta="center">
              <Text fw={600}>Free place</Text>
              <Text size="sm" c="dimmed">
                Try other settings beside what is live: train them, compare, and switch when they are better.
              </Text>
              <Button
                variant="light"
                leftSection={<IconPlus size={16} />}
                disabled={!mayEdit}
                onClick={() => setAdding('new')}
              >
                Add model
              </Button>
            </Stack>
          </Card>
        ))}
      </SimpleGrid>
      {adding !== null && (
        <AddModelDialog
          models={models}
          copied={adding === 'new' ? null : adding}
          onClose={() => setAdding(null)}
        />
      )}
    </Stack>
  );
}
