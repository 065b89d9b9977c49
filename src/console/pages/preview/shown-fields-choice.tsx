// Chooses which fields of a product are shown as its title and its picture in the preview.
import { Select, Stack } from '@mantine/core';
import { useFields } from '../../api/catalog.js';
import type { ShownFields } from '../../lib/preview/preview-address.js';

interface ShownFieldsChoiceProps {
  readonly catalog: string;
  readonly value: ShownFields;
  readonly onChange: (value: ShownFields) => void;
}

export function ShownFieldsChoice({ catalog, value, onChange }: ShownFieldsChoiceProps) {
  const fields = useFields(catalog);
  const names = (fields.data ?? []).map(({ field }) => field);
  return (
    <Stack gap="sm">
      <Select
        label="Title from"
        placeholder="As the catalog is set up"
        data={names}
        searchable
        clearable
        value={value.title}
        onChange={(title) => onChange({ ...value, title })}
      />
      <Select
        label="Picture from"
        placeholder="As the catalog is set up"
        data={names}
        searchable
        clearable
        value={value.image}
        onChange={(image) => onChange({ ...value, image })}
      />
    </Stack>
  );
}
