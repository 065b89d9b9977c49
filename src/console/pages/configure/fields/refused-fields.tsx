// Fields of the catalog that cannot be an affinity field, with the reason for each.
import { Stack, Text } from '@mantine/core';
import type { RefusedField } from '../../../../contract/catalog.js';
import { stripBidiControls } from '../../../lib/words/strip-bidi-controls.js';

export function RefusedFields({ fields }: { readonly fields: readonly RefusedField[] }) {
  if (fields.length === 0) return null;
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        Cannot be chosen
      </Text>
      {fields.map(({ field, reason }) => (
        <Text key={field} size="xs" c="dimmed">
          <span className="name">{stripBidiControls(field)}</span> {reason}
        </Text>
      ))}
    </Stack>
  );
}
