// Other fields and weights for the products of some categories.
import { Button, Stack, Text } from '@mantine/core';
import { memo, useCallback, useState } from 'react';
import { useFields } from '../../../api/catalog.js';
import { IconPlus } from '../../../components/icons.js';
import { SectionCard } from '../../../components/layout/section-card.js';
import { findingAt } from '../../../lib/model/findings.js';
import type { SectionProps } from '../section-props.js';
import { type Override, OverrideEditor } from './override-editor.js';

const NONE: readonly string[] = [];

interface CategoryOverridesSectionProps extends SectionProps<'categoryOverrides'> {
  readonly catalog: string;
  readonly categoryField: string;
}

export const CategoryOverridesSection = memo(function CategoryOverridesSection(
  props: CategoryOverridesSectionProps,
) {
  const { value, onEdit, findings, disabled, catalog, categoryField } = props;
  const { data: fields } = useFields(catalog);
  const [opened, setOpened] = useState<number | null>(null);

  const onToggle = useCallback((place: number) => setOpened((now) => (now === place ? null : place)), []);
  const onChange = useCallback(
    (place: number, next: Override) =>
      onEdit('categoryOverrides', (all) => all.map((each, at) => (at === place ? next : each))),
    [onEdit],
  );
  const onRemove = useCallback(
    (place: number) => {
      onEdit('categoryOverrides', (all) => all.filter((_, at) => at !== place));
      setOpened(null);
    },
    [onEdit],
  );

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
            onEdit('categoryOverrides', (all) => [...all, { categories: [], fields: [] }]);
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
              taken={opened === place ? categoriesBeside(value, place) : NONE}
              catalog={catalog}
              categoryField={categoryField}
              known={fields}
              findings={findings}
              disabled={disabled}
              opened={opened === place}
              onToggle={onToggle}
              onChange={onChange}
              onRemove={onRemove}
            />
          ))}
        </Stack>
      )}
    </SectionCard>
  );
});

/** A category is in one override only. */
function categoriesBeside(overrides: readonly Override[], place: number): string[] {
  return overrides.flatMap(({ categories }, at) => (at === place ? [] : categories));
}
