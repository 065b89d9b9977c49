// What stands at the top of a preview whose model was never trained: why there is no list, and the button that trains it.
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { refreshModels } from '../../api/query-client.js';
import { useMayEdit } from '../../api/session.js';
import { startTraining, useTraining } from '../../api/training.js';
import { useAction } from '../../components/feedback/use-action.js';

interface UntrainedAlertProps {
  readonly id: string;
  readonly name: string;
}

export function UntrainedAlert({ id, name }: UntrainedAlertProps) {
  const mayEdit = useMayEdit();
  const { data } = useTraining(id);
  const training = useAction(() => startTraining(id), { failed: 'The training was not started' });
  const status = data?.data;
  const running = status?.state === 'running';
  const finished = status?.finishedAt ?? null;
  // The lists can be shown as soon as there is a version.
  useEffect(() => {
    if (finished !== null && !running) void refreshModels();
  }, [finished, running]);
  return (
    <Alert color="blue" title={`${name} is not trained yet`} role="status">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          It knows no shopper’s tastes before its first training, so there is no list of it to show. A
          training changes nothing of what your shoppers see.
        </Text>
        {status?.state === 'failed' && (
          <Text size="sm" className="tone-bad">
            The last training failed: {status.error}
          </Text>
        )}
        {running && <Progress w="100%" value={status.percent} aria-label={`Training of ${name}`} />}
        <Group gap="sm">
          <Button
            size="xs"
            disabled={!mayEdit}
            loading={training.running || running}
            onClick={training.start}
          >
            Train {name}
          </Button>
          <Button size="xs" variant="default" component={Link} href={`/personalization/${id}/training`}>
            Go to its training
          </Button>
        </Group>
        {!mayEdit && <Text size="sm">Your key may look, not train.</Text>}
      </Stack>
    </Alert>
  );
}
