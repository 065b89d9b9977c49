// Says on every page that personalization is off, and offers to turn it on.
import { Alert, Button, Group, Text } from '@mantine/core';
import { useMayEdit } from '../../api/session.js';
import { useOn } from '../model/use-model-steps.js';
import { useSwitch } from '../model/use-switch.js';

export function OffBanner() {
  const on = useOn();
  const mayEdit = useMayEdit();
  const { switching, turn } = useSwitch();
  if (on) return null;
  return (
    <Alert color="yellow" mb="md" p="xs" maw={1800} mx="auto" role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          <b>Personalization is off.</b> No model is live: every search keeps the order that it was made with.
        </Text>
        <Button
          size="xs"
          variant="default"
          disabled={!mayEdit}
          loading={switching}
          onClick={() => turn(true)}
        >
          Turn on
        </Button>
      </Group>
    </Alert>
  );
}
