// The sections of a long page, one click away; those that need attention are marked.
import { Anchor, Box, Stack, Text } from '@mantine/core';

interface OnThisPageProps {
  readonly sections: readonly { readonly id: string; readonly label: string; readonly marked?: boolean }[];
}

export function OnThisPage({ sections }: OnThisPageProps) {
  return (
    <Box
      component="nav"
      aria-label="On this page"
      visibleFrom="md"
      pos="sticky"
      top={88}
      style={{ alignSelf: 'start' }}
    >
      <Stack gap={8}>
        <Text size="xs" c="dimmed" fw={600}>
          On this page
        </Text>
        {sections.map(({ id, label, marked }) => (
          <Anchor key={id} href={`#${id}`} size="sm" c="var(--mantine-color-text)">
            {label}
            {marked && (
              <Text span size="sm" c="var(--mantine-color-error)" aria-label="needs attention">
                {' '}
                •
              </Text>
            )}
          </Anchor>
        ))}
      </Stack>
    </Box>
  );
}
