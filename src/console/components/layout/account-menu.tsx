// The account menu: the role of the key in use, its name in the audit log, and signing out.
import { ActionIcon, Menu, Text } from '@mantine/core';
import { signOut } from '../../api/key-store.js';
import { queryClient } from '../../api/query-client.js';
import { useSession } from '../../api/session.js';
import { IconUser } from '../icons.js';

const ROLE_WORDS = {
  viewer: 'Viewer: may look, not change',
  editor: 'Editor: may change models and settings',
  admin: 'Admin: may do everything',
} as const;

export function AccountMenu() {
  const { data } = useSession();
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Account">
          <IconUser />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {data && <Menu.Label>{ROLE_WORDS[data.role]}</Menu.Label>}
        {data?.actor && (
          <Text size="xs" c="dimmed" px="sm" pb="xs">
            Your key is {data.actor} in the audit log.
          </Text>
        )}
        <Menu.Item
          onClick={() => {
            queryClient.clear();
            signOut();
          }}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
