// A section of a page: its heading, a description, what is wrong with it, and its content.
import { Alert, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionCardProps {
  /** for links within the page */
  readonly id: string;
  readonly title: string;
  readonly description?: ReactNode;
  readonly error?: string | null;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function SectionCard({ id, title, description, error, actions, children }: SectionCardProps) {
  return (
    <Card component="section" aria-labelledby={id} style={{ scrollMarginTop: 72 }}>
      <Stack gap="md">
        <div>
          <Group justify="space-between" gap="sm">
            <Title order={2} size="h4" id={id} style={{ scrollMarginTop: 96 }}>
              {title}
            </Title>
            {actions}
          </Group>
          {description && (
            <Text size="sm" c="dimmed" mt={4} maw={680}>
              {description}
            </Text>
          )}
        </div>
        {error && (
          <Alert color="red" role="alert">
            {error}
          </Alert>
        )}
        {children}
      </Stack>
    </Card>
  );
}
