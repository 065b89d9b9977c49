// Asks for confirmation of an action; stays open and shows the error when the action fails.
import { Button, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Failure } from '../feedback/failure.js';
import { DialogActions } from './dialog-actions.js';

interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** label of the button that confirms */
  readonly action: string;
  readonly danger?: boolean;
  /** disables the button, e.g. until a box is ticked */
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
          <Button color={danger ? 'red.8' : undefined} disabled={blocked} loading={running} onClick={confirm}>
            {action}
          </Button>
        </DialogActions>
      </Stack>
    </Modal>
  );
}
