// The section for presets: each sets buy again, related products and impact together.
import { Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { memo } from 'react';
import type { Preset } from '../../../../contract/preset.js';
import type { Model } from '../../../../core/model/model.js';
import { usePresets } from '../../../api/models.js';
import { IconCheck } from '../../../components/icons.js';
import { SectionCard } from '../../../components/layout/section-card.js';

interface PresetsSectionProps {
  readonly products: Model['products'];
  readonly impact: number;
  readonly onApply: (settings: Preset['settings']) => void;
  readonly disabled: boolean;
}

export const PresetsSection = memo(function PresetsSection(props: PresetsSectionProps) {
  const { products, impact, onApply, disabled } = props;
  const { data: presets } = usePresets();
  if (!presets) return null;
  return (
    <SectionCard
      id="presets"
      title="Presets"
      description="A place to start from: a preset sets buy again, related products and impact together. Everything else stays as you have it."
    >
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        {presets.map(({ id, name, description, settings }) => {
          const chosen =
            settings.impact === impact &&
            settings.products.buyAgain === products.buyAgain &&
            settings.products.related === products.related;
          return (
            <Card
              key={id}
              padding="sm"
              style={chosen ? { borderColor: 'var(--mantine-primary-color-filled)' } : undefined}
            >
              <Stack gap="xs" h="100%">
                <Text fw={600} size="sm">
                  {name}
                </Text>
                <Text size="xs" c="dimmed">
                  {description}
                </Text>
                <Text size="xs" c="dimmed">
                  Buy again {settings.products.buyAgain} · related {settings.products.related} · impact{' '}
                  {settings.impact}
                </Text>
                {chosen ? (
                  <Group gap={6} mt="auto" mih={30} justify="center">
                    <IconCheck size={14} />
                    <Text size="xs" fw={600}>
                      In use
                    </Text>
                  </Group>
                ) : (
                  <Button
                    variant="default"
                    size="xs"
                    mt="auto"
                    disabled={disabled}
                    aria-label={`Use the preset ${name}`}
                    onClick={() => onApply(settings)}
                  >
                    Use
                  </Button>
                )}
              </Stack>
            </Card>
          );
        })}
      </SimpleGrid>
    </SectionCard>
  );
});
