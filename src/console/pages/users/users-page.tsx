// Finds users by the beginning of their id; without one, lists a sample of users with different affinities.
import { Anchor, Button, Card, Group, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { formatCount } from '../../../core/format-count.js';
import { SHOWN_USERS, useUsers } from '../../api/users.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { Page } from '../../components/layout/page.js';

const TYPING_MS = 250;

function userPath(id: string): string {
  return `/people/${encodeURIComponent(id)}`;
}

export function UsersPage() {
  const [typed, setTyped] = useState('');
  const [prefix] = useDebouncedValue(typed.trim(), TYPING_MS);
  const [, navigate] = useLocation();
  const users = useUsers(prefix, SHOWN_USERS);
  return (
    <Page
      title="Shoppers"
      description="What Kindred knows of a shopper, where it comes from, and what their searches are boosted by."
    >
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') navigate(userPath(typed.trim()));
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label="Shopper’s id"
              placeholder="The beginning of an id, or a whole one"
              maxLength={256}
              flex="1 1 240px"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button type="submit" disabled={typed.trim() === ''}>
              Look up
            </Button>
          </Group>
        </form>
      </Card>
      {users.isPending && <Loading what="shoppers" />}
      {users.error && <Failure title="Shoppers cannot be read" error={users.error} retry={users.refetch} />}
      {users.data && users.data.length === 0 && (
        <Text c="dimmed">
          {prefix === ''
            ? 'There are no profiles yet: train a model, and shoppers will be listed here.'
            : 'No profile’s id begins so. A shopper without a profile can still have events: look the whole id up.'}
        </Text>
      )}
      {users.data && users.data.length > 0 && (
        <SimpleGrid
          cols={{ base: 1, sm: 2, lg: 3 }}
          spacing="sm"
          component="ul"
          m={0}
          p={0}
          aria-label="Shoppers"
          style={{ listStyle: 'none' }}
        >
          {users.data.map(({ user_id: id, words, events }) => (
            <Card key={id} component="li" p="md">
              <Anchor component={Link} href={userPath(id)} fw={600} className="name">
                {id}
              </Anchor>
              <Text size="sm">{words}</Text>
              <Text size="xs" c="dimmed">
                {formatCount(events, 'event')}
              </Text>
            </Card>
          ))}
        </SimpleGrid>
      )}
    </Page>
  );
}
