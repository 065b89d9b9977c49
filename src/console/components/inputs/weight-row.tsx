// One row of a list of weights: a name, and its weight as a slider and as a number.
import { ActionIcon, NumberInput, Slider, Text } from '@mantine/core';
import { memo, type ReactNode, useState } from 'react';
import { IconTrash } from '../icons.js';

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
  // The field may be empty while another number is typed.
  const [empty, setEmpty] = useState(false);
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
        {finding && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {finding}
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
      <NumberInput
        aria-label={`Weight of ${name} as a number`}
        aria-invalid={finding !== null}
        size="sm"
        min={0}
        max={100}
        decimalScale={2}
        allowNegative={false}
        clampBehavior="strict"
        hideControls
        value={empty ? '' : weight}
        disabled={disabled}
        onChange={(value) => {
          setEmpty(value === '');
          onWeight(name, Number(value));
        }}
        onBlur={() => setEmpty(false)}
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
