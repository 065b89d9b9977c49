// One category override: a line with its categories and fields, which expands to an editor for them.
import { Badge, Box, Button, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import type { CatalogField } from '../../../../contract/catalog.js';
import type { Finding } from '../../../../core/errors.js';
import type { Model } from '../../../../core/model/model.js';
import { IconChevron, IconTrash } from '../../../components/icons.js';
import { leftWords } from '../../../lib/model/balance-weights.js';
import { findingUnder } from '../../../lib/model/findings.js';
import { stripBidiControls } from '../../../lib/words/strip-bidi-controls.js';
import { overrideName } from '../draft/unbalanced-lists.js';
import { CategoryPicker } from './category-picker.js';
import { FieldWeights } from './field-weights.js';

export type Override = Model['categoryOverrides'][number];

interface OverrideEditorProps {
  readonly index: number;
  readonly override: Override;
  /** categories of the other overrides; needed only while it is open */
  readonly taken: readonly string[];
  readonly catalog: string;
  readonly categoryField: string;
  readonly known: readonly CatalogField[] | undefined;
  readonly findings: readonly Finding[];
  readonly disabled: boolean;
  readonly opened: boolean;
  readonly onToggle: (index: number) => void;
  readonly onChange: (index: number, override: Override) => void;
  readonly onRemove: (index: number) => void;
}

/** Memoized, as there may be hundreds. */
export const OverrideEditor = memo(function OverrideEditor(props: OverrideEditorProps) {
  const { index, override, findings, disabled, opened, onToggle } = props;
  const { categories, fields } = override;
  const path = `categoryOverrides.${index}`;
  const name = overrideName(categories, index);
  const unbalanced = fields.length > 0 ? leftWords(fields) : null;
  const finding = findingUnder(findings, path);
  return (
    <Paper withBorder data-blamed={finding !== null || undefined}>
      <UnstyledButton
        w="100%"
        p="sm"
        onClick={() => onToggle(index)}
        aria-expanded={opened}
        aria-controls={`override-${index}`}
      >
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <div style={{ minWidth: 0 }}>
            <Text fw={600} size="sm" className="name two-lines">
              {categories.length === 0 ? 'New override' : name}
            </Text>
            <Text size="xs" c="dimmed" className="two-lines">
              {summaryOf(fields)}
            </Text>
          </div>
          <Group gap="xs" wrap="nowrap">
            {(unbalanced !== null || finding) && (
              <Badge color={finding ? 'red' : 'yellow'}>{finding ? 'look here' : unbalanced}</Badge>
            )}
            <Box style={{ transform: opened ? 'rotate(180deg)' : 'none', lineHeight: 0 }}>
              <IconChevron />
            </Box>
          </Group>
        </Group>
      </UnstyledButton>
      {opened && (
        <Stack gap="md" p="sm" pt={0} id={`override-${index}`}>
          <OverrideBody {...props} path={path} name={name} />
          <Group justify="flex-end">
            <Button
              variant="subtle"
              color="red"
              size="sm"
              leftSection={<IconTrash size={16} />}
              disabled={disabled}
              onClick={() => props.onRemove(index)}
            >
              Remove this override
            </Button>
          </Group>
        </Stack>
      )}
    </Paper>
  );
});

function OverrideBody(props: OverrideEditorProps & { readonly path: string; readonly name: string }) {
  const { index, override, taken, catalog, categoryField, known, findings, disabled, onChange, path, name } =
    props;
  return (
    <>
      <CategoryPicker
        catalog={catalog}
        field={categoryField}
        value={override.categories}
        taken={taken}
        error={findingUnder(findings, `${path}.categories`)}
        disabled={disabled}
        onChange={(categories) => onChange(index, { ...override, categories })}
      />
      <FieldWeights
        label={`Fields of ${name}`}
        catalog={catalog}
        known={known}
        fields={override.fields}
        path={`${path}.fields`}
        findings={findings}
        disabled={disabled}
        onChange={(fields) => onChange(index, { ...override, fields })}
      />
      {override.fields.length === 0 && (
        <Text size="sm" c="dimmed">
          Without fields these categories follow the affinity fields of the whole shop.
        </Text>
      )}
    </>
  );
}

function summaryOf(fields: Override['fields']): string {
  if (fields.length === 0) return 'Follows the affinity fields of the whole shop';
  return stripBidiControls(fields.map(({ field, weight }) => `${field} ${weight}`).join(' · '));
}
