// Says what is being read, beside the spinner.
import { Group, Loader, Text } from '@mantine/core';

/** @param what e.g. `the models` */
export function Loading({ what }: { readonly what: string }) {
  return (
    <Group gap="sm" py="md" role="status">
      <Loader size="sm" aria-hidden />
      <Text c="dimmed">Reading {what}…</Text>
    </Group>
  );
}
