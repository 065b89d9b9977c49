// Short messages in the corner of the page.
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { stripBidiControls } from '../../lib/words/strip-bidi-controls.js';
import { messageOf } from './failure.js';

export function notifyDone(title: string, message?: string): void {
  notifications.show({ color: 'teal', title: stripBidiControls(title), message, withBorder: true });
}

const UNDO_MS = 15_000;

/** Offers to take back what was done. */
export function notifyWithUndo(title: string, message: string, undo: () => Promise<void>): void {
  const id = notifications.show({
    color: 'gray',
    title: stripBidiControls(title),
    message: (
      <Group justify="space-between" gap="sm">
        <span>{message}</span>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            void undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
    autoClose: UNDO_MS,
    withBorder: true,
  });
}

/** Stays until it is closed. */
export function notifyFailed(title: string, error: unknown): void {
  notifications.show({
    color: 'red',
    title: stripBidiControls(title),
    message: messageOf(error),
    autoClose: false,
    withBorder: true,
  });
}
