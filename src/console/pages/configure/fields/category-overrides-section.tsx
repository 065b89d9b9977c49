// The section for category overrides: other fields and weights for the products of some categories.
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

  const onToggle = useCallback((index: number) => setOpened((now) => (now === index ? null : index)), []);
  const onChange = useCallback(
    (index: number, next: Override) =>
      onEdit('categoryOverrides', (all) => all.map((each, at) => (at === index ? next : each))),
    [onEdit],
  );
  const onRemove = useCallback(
    (index: number) => {
      onEdit('categoryOverrides', (all) => all.filter((_, at) => at !== index));
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
          {value.map((override, index) => (
            <OverrideEditor
              // Overrides have no names. Removing one closes the one that is open.
              // biome-ignore lint/suspicious/noArrayIndexKey: an override is identified by its index
              key={index}
              index={index}
              override={override}
              taken={opened === index ? categoriesOfOthers(value, index) : NONE}
              catalog={catalog}
              categoryField={categoryField}
              known={fields}
              findings={findings}
              disabled={disabled}
              opened={opened === index}
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

/** Categories of the other overrides: a category can be in one only. */
function categoriesOfOthers(overrides: readonly Override[], index: number): string[] {
  return overrides.flatMap(({ categories }, at) => (at === index ? [] : categories));
}
