// Short messages in the corner of the page.
import { notifications } from '@mantine/notifications';
import { stripBidiControls } from '../../lib/words/strip-bidi-controls.js';
import { BackButton } from './back-button.js';
import { messageOf } from './failure.js';

/** Whether the latest key or click was a key. */
let byKeyboard = false;
addEventListener(
  'keydown',
  () => {
    byKeyboard = true;
  },
  true,
);
addEventListener(
  'pointerdown',
  () => {
    byKeyboard = false;
  },
  true,
);

const CLOSE = { closeButtonProps: { 'aria-label': 'Close this message' } } as const;

export function notifyDone(title: string, message?: string): void {
  notifications.show({ color: 'teal', title: stripBidiControls(title), message, withBorder: true, ...CLOSE });
}

export interface WayBack {
  /** of the button, e.g. `Undo` */
  readonly label: string;
  /** null where it is not offered here */
  readonly run: (() => Promise<void>) | null;
}

/** Offers to take back what was done. It stays while it is pointed at or focused; by keyboard the button has the focus at once. */
export function notifyWithWayBack(title: string, message: string, back: WayBack | null): void {
  const run = back?.run;
  if (!back || !run) {
    notifyDone(title, message);
    return;
  }
  const id = notifications.show({
    color: 'gray',
    title: stripBidiControls(title),
    message: (
      <BackButton
        message={message}
        label={back.label}
        focused={byKeyboard}
        onTimeOut={() => notifications.hide(id)}
        onBack={() => {
          notifications.hide(id);
          void run();
        }}
      />
    ),
    autoClose: false,
    withBorder: true,
    ...CLOSE,
  });
}

export function notifyWithUndo(title: string, message: string, undo: () => Promise<void>): void {
  notifyWithWayBack(title, message, { label: 'Undo', run: undo });
}

/** Stays until it is closed. */
export function notifyFailed(title: string, error: unknown): void {
  notifications.show({
    color: 'red',
    title: stripBidiControls(title),
    message: messageOf(error),
    autoClose: false,
    withBorder: true,
    ...CLOSE,
  });
}
