// An error: the API's message, or its findings by setting, and a button to try again.
import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { ApiError } from '../../api/request.js';
import { placeWords } from '../../lib/words/setting-words.js';
import { stripBidiControls } from '../../lib/words/strip-bidi-controls.js';
import { IconStop } from '../icons.js';

interface FailureProps {
  /** e.g. `The models cannot be read` */
  readonly title: string;
  readonly error: unknown;
  readonly retry?: () => void;
}

export function Failure({ title, error, retry }: FailureProps) {
  const findings = error instanceof ApiError ? error.errors : [];
  return (
    <Alert color="red" title={title} icon={<IconStop />} role="alert">
      <Stack gap="xs" align="flex-start">
        {findings.length === 0 && <Text size="sm">{messageOf(error)}</Text>}
        {findings.length > 0 && (
          <List size="sm">
            {findings.map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>
                {placeWords(path)}: <span className="name">{stripBidiControls(message)}</span>
              </List.Item>
            ))}
          </List>
        )}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function messageOf(error: unknown): string {
  return stripBidiControls(error instanceof Error ? error.message : String(error));
}
