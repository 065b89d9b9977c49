// One row of a list of weights: a name, and its weight as a slider and as a number.
import { ActionIcon, Slider, Text, TextInput } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { IconTrash } from '../icons.js';
import { useTypedNumber } from './use-typed-number.js';

interface WeightRowProps {
  readonly name: string;
  readonly weight: number;
  readonly note: ReactNode;
  readonly finding: string | null;
  readonly disabled: boolean;
  readonly onWeight: (name: string, weight: number) => void;
  readonly onRemove: (name: string) => void;
}

export const WeightRow = memo(function WeightRow(props: WeightRowProps) {
  const { name, weight, note, finding, disabled, onWeight, onRemove } = props;
  const { field, wrong } = useTypedNumber(weight, (value) => onWeight(name, value));
  const told = wrong ?? finding;
  return (
    <div className="weight-row">
      <div>
        <Text size="sm" fw={600} className="name two-lines" title={name}>
          {name}
        </Text>
        {note && (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
        {weight === 0 && (
          <Text size="xs" fw={600} className="tone-unknown">
            At 0 it does nothing.
          </Text>
        )}
        {told && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {told}
          </Text>
        )}
      </div>
      <Slider
        className="weight-slider"
        thumbLabel={`Weight of ${name}`}
        value={weight}
        label={null}
        disabled={disabled}
        onChange={(value) => onWeight(name, value)}
      />
      <TextInput
        {...field}
        aria-label={`Weight of ${name} as a number`}
        error={told !== null}
        size="sm"
        disabled={disabled}
        styles={{ input: { textAlign: 'end' } }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Remove ${name}`}
        disabled={disabled}
        onClick={() => onRemove(name)}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
});
