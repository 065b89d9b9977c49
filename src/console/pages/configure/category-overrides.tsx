// Other fields and weights for the products of some categories.
import { Button, Stack, Text } from '@mantine/core';
import { memo, useState } from 'react';
import { useFields } from '../../api/catalog.js';
import { IconPlus } from '../../components/icons.js';
import { SectionCard } from '../../components/section-card.js';
import { findingAt } from '../../lib/findings.js';
import { OverrideEditor } from './override-editor.js';
import type { SectionProps } from './section-props.js';

interface CategoryOverridesProps extends SectionProps<'categoryOverrides'> {
  readonly catalog: string;
  readonly categoryField: string;
}

export const CategoryOverrides = memo(function CategoryOverrides(props: CategoryOverridesProps) {
  const { value, onEdit, findings, disabled, catalog, categoryField } = props;
  const { data: fields } = useFields(catalog);
  const [opened, setOpened] = useState<number | null>(null);
  const edit = (next: (overrides: typeof value) => typeof value) => onEdit('categoryOverrides', next);

  return (
    <SectionCard
      id="category-overrides"
      title="Category overrides"
      description="Other fields for some shelves: sizes for shoes, the roast of coffee. Products of these categories follow their own list; all others follow the affinity fields above."
      error={findingAt(findings, 'categoryOverrides')}
      actions={
        <Button
          variant="light"
          size="sm"
          leftSection={<IconPlus size={16} />}
          disabled={disabled}
          onClick={() => {
            edit((overrides) => [...overrides, { categories: [], fields: [] }]);
            setOpened(value.length);
          }}
        >
          Add override
        </Button>
      }
    >
      {value.length === 0 ? (
        <Text size="sm" c="dimmed">
          None: the affinity fields hold in every category. One list learns from more, so add an override only
          where something else matters.
        </Text>
      ) : (
        <Stack gap="xs">
          {value.map((override, place) => (
            <OverrideEditor
              // Overrides have no names; what is open closes when one before it goes.
              // biome-ignore lint/suspicious/noArrayIndexKey: their place is what identifies them
              key={place}
              place={place}
              override={override}
              taken={value.flatMap((other, at) => (at === place ? [] : other.categories))}
              catalog={catalog}
              categoryField={categoryField}
              known={fields}
              findings={findings}
              disabled={disabled}
              opened={opened === place}
              onToggle={() => setOpened(opened === place ? null : place)}
              onChange={(next) =>
                edit((overrides) => overrides.map((each, at) => (at === place ? next : each)))
              }
              onRemove={() => {
                edit((overrides) => overrides.filter((_, at) => at !== place));
                setOpened(null);
              }}
            />
          ))}
        </Stack>
      )}
    </SectionCard>
  );
});
