// Shown at a path that no page has.
import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import { Page } from '../../components/layout/page.js';

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <Text>
        The address may be mistyped, or the page may have moved.{' '}
        <Anchor component={Link} href="/" underline="always">
          Go to the first page
        </Anchor>
      </Text>
    </Page>
  );
}
