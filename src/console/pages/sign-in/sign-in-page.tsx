// Signs in with a key of the admin API, which is checked before anything else is read.
import { Alert, Button, Card, Center, Checkbox, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { signIn, useKey } from '../../api/key-store.js';
import { queryClient } from '../../api/query-client.js';
import { ApiError } from '../../api/request.js';
import { readSession } from '../../api/session.js';
import { messageOf } from '../../components/feedback/failure.js';
import { ColorSchemeToggle } from '../../components/layout/color-scheme-toggle.js';

export function SignInPage() {
  const { reason } = useKey();
  const [key, setKey] = useState('');
  const [keep, setKeep] = useState(false);
  const [trying, setTrying] = useState(false);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    document.title = 'Sign in · Kindred';
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (key.trim() === '') {
      setError('Enter a key.');
      return;
    }
    setTrying(true);
    try {
      const session = await readSession(key.trim());
      queryClient.clear();
      queryClient.setQueryData(['session'], session);
      signIn(key.trim(), keep);
    } catch (problem) {
      const wrong = problem instanceof ApiError && problem.status === 401;
      setError(
        wrong ? 'This key is not known here. Check it, or ask whoever runs Kindred.' : messageOf(problem),
      );
      setTrying(false);
    }
  }

  return (
    <Center mih="100dvh" p="md" component="main">
      <Card w="100%" maw={400} shadow="sm" padding="xl">
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <div>
              <Title order={1} size="h2">
                Kindred
              </Title>
              <Text c="dimmed">Sign in to look after search personalization.</Text>
            </div>
            {reason && <Alert color="yellow">{reason}</Alert>}
            <PasswordInput
              label="Key"
              description="The key you were given for this console."
              autoComplete="current-password"
              autoFocus
              size="md"
              value={key}
              error={error}
              onChange={(event) => {
                setKey(event.currentTarget.value);
                setError(null);
              }}
              visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
            />
            <Checkbox
              label="Keep me signed in"
              description="On this device, also after the browser is closed."
              checked={keep}
              onChange={(event) => setKeep(event.currentTarget.checked)}
            />
            <Button type="submit" size="md" loading={trying}>
              Sign in
            </Button>
          </Stack>
        </form>
      </Card>
      <div style={{ position: 'fixed', top: 12, right: 12 }}>
        <ColorSchemeToggle />
      </div>
    </Center>
  );
}
