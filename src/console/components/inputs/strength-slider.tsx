// A strength from 0 to 100, as a slider and as a number, with its name and a description.
import { Group, Slider, Text, TextInput } from '@mantine/core';
import { useTypedNumber } from './use-typed-number.js';

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
  const { field, wrong } = useTypedNumber(value, onChange);
  const told = wrong ?? finding;
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <TextInput
          {...field}
          aria-label={`${label} as a number`}
          error={told !== null}
          w={84}
          flex="none"
          disabled={disabled}
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
      {told && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {told}
        </Text>
      )}
    </div>
  );
}
