// Which models are shown beside OFF: up to three, as they are trained, or with the edits that are not saved in this tab.
import { Checkbox, Stack, Text } from '@mantine/core';
import { MAX_VARIANTS } from '../../lib/preview/preview-address.js';
import type { VariantOption } from '../../lib/preview/variant-options.js';

interface VariantChoiceProps {
  readonly options: readonly VariantOption[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function VariantChoice({ options, chosen, onChange }: VariantChoiceProps) {
  const full = chosen.length >= MAX_VARIANTS;
  return (
    <Stack gap="xs" role="group" aria-label="Models beside OFF">
      {options.map(({ key, label, catalog, trained }) => {
        const on = chosen.includes(key);
        // All lists are of one catalog: choosing a model of another one replaces the others.
        const beside = options.filter((each) => chosen.includes(each.key) && each.catalog === catalog);
        return (
          <Checkbox
            key={key}
            label={<span className="name">{label}</span>}
            description={trained ? undefined : 'Train it first'}
            checked={on}
            disabled={!trained || (!on && full)}
            onChange={() =>
              onChange(on ? chosen.filter((each) => each !== key) : [...beside.map((each) => each.key), key])
            }
          />
        );
      })}
      {full && (
        <Text size="xs" c="dimmed">
          Three at most: take one out for another.
        </Text>
      )}
    </Stack>
  );
}
