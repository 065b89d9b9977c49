// A strength from 0 to 100, as a slider and as a number, with its name and a description.
import { Group, NumberInput, Slider, Text } from '@mantine/core';
import { useState } from 'react';

interface StrengthSliderProps {
  readonly label: string;
  readonly description: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly finding: string | null;
  readonly disabled: boolean;
  readonly marks?: readonly { readonly value: number; readonly label: string }[];
}

export function StrengthSlider(props: StrengthSliderProps) {
  const { label, description, value, onChange, finding, disabled, marks = [] } = props;
  const [empty, setEmpty] = useState(false);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <NumberInput
          aria-label={`${label} as a number`}
          w={84}
          flex="none"
          min={0}
          max={100}
          decimalScale={2}
          allowNegative={false}
          clampBehavior="strict"
          hideControls
          value={empty ? '' : value}
          disabled={disabled}
          onChange={(next) => {
            setEmpty(next === '');
            onChange(Number(next));
          }}
          onBlur={() => setEmpty(false)}
          styles={{ input: { textAlign: 'end' } }}
        />
      </Group>
      <Text size="sm" c="dimmed" maw={560}>
        {description}
      </Text>
      <Slider
        thumbLabel={label}
        mt="sm"
        mb={marks.length > 0 ? 28 : 'xs'}
        mx={marks.length > 0 ? 'lg' : 0}
        value={value}
        label={null}
        marks={[...marks]}
        disabled={disabled}
        onChange={onChange}
      />
      {finding && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {finding}
        </Text>
      )}
    </div>
  );
}
