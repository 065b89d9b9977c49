// The frame of a page: the title, also of the browser's tab, its description, the actions, and the content.
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import { IconBack } from '../icons.js';

interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** where the page belongs */
  readonly back?: { readonly to: string; readonly label: string };
  readonly actions?: ReactNode;
  /** as wide as the window, for what stands side by side */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, description, back, actions, wide = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Kindred`;
  }, [title]);
  return (
    <Stack gap="lg" maw={wide ? 1800 : 1120} mx="auto">
      <div>
        {back && (
          <Anchor
            component={Link}
            href={back.to}
            size="sm"
            mb={4}
            display="inline-flex"
            className="back-link"
          >
            <IconBack size={16} />
            {back.label}
          </Anchor>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Title order={1} size="h2" tabIndex={-1} lineClamp={2} flex="1 1 240px" className="name">
            {title}
          </Title>
          {actions && <Group gap="sm">{actions}</Group>}
        </Group>
        {description && (
          <Text c="dimmed" mt={8} maw={720}>
            {description}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}
