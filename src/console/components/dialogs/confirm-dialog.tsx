// A question before something that cannot be taken back lightly; it stays open, with the reason, when it fails.
import { Button, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Failure } from '../feedback/failure.js';
import { DialogActions } from './dialog-actions.js';

interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** what the button says: the deed itself */
  readonly action: string;
  readonly danger?: boolean;
  /** the button waits for something else, e.g. a tick */
  readonly blocked?: boolean;
  readonly run: () => Promise<void>;
  readonly onClose: () => void;
}

export function ConfirmDialog({
  title,
  children,
  action,
  danger,
  blocked,
  run,
  onClose,
}: ConfirmDialogProps) {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function confirm() {
    setRunning(true);
    setError(null);
    try {
      await run();
      onClose();
    } catch (problem) {
      setError(problem);
      setRunning(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="md">
        {children}
        {error !== null && <Failure title="It was not done" error={error} />}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            {...(danger && { color: 'red.8' })}
            disabled={blocked === true}
            loading={running}
            onClick={confirm}
          >
            {action}
          </Button>
        </DialogActions>
      </Stack>
    </Modal>
  );
}
