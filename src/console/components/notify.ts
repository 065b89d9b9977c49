// Short messages in the corner of the page.
import { notifications } from '@mantine/notifications';
import { messageOf } from './failure.js';

export function notifyDone(title: string, message?: string): void {
  notifications.show({ color: 'teal', title, message, withBorder: true });
}

/** Stays until it is closed: errors are to be read. */
export function notifyFailed(title: string, error: unknown): void {
  notifications.show({ color: 'red', title, message: messageOf(error), autoClose: false, withBorder: true });
}
