// Short messages in the corner of the page.
import { notifications } from '@mantine/notifications';
import { stripBidiControls } from '../../lib/words/strip-bidi-controls.js';
import { messageOf } from './failure.js';

export function notifyDone(title: string, message?: string): void {
  notifications.show({ color: 'teal', title: stripBidiControls(title), message, withBorder: true });
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
