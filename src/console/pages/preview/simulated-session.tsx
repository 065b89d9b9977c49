// The simulated session of a preview: the products that were clicked in it. Nothing of it is stored.
import { Button, Group, Text } from '@mantine/core';
import { RemovablePill } from '../../components/inputs/removable-pill.js';

export interface Clicked {
  readonly id: string;
  readonly title: string;
}

interface SimulatedSessionProps {
  /** oldest first */
  readonly clicks: readonly Clicked[];
  readonly onChange: (clicks: readonly Clicked[]) => void;
}

export function SimulatedSession({ clicks, onChange }: SimulatedSessionProps) {
  return (
    <Group gap={6} role="status" aria-label="Simulated session">
      <Text size="sm" c="dimmed">
        {clicks.length === 0
          ? 'Click products to see how the next search follows.'
          : `Clicked just now (${clicks.length}):`}
      </Text>
      {clicks.map((click, index) => (
        <RemovablePill
          // biome-ignore lint/suspicious/noArrayIndexKey: a product may be clicked twice
          key={index}
          removeLabel={`Take back the click on ${click.title}`}
          onRemove={() => onChange(clicks.filter((each) => each !== click))}
        >
          <span className="name">{click.title}</span>
        </RemovablePill>
      ))}
      {clicks.length > 0 && (
        <Button size="compact-xs" variant="default" onClick={() => onChange([])}>
          Start over
        </Button>
      )}
    </Group>
  );
}
