// Buttons that export everything stored about a user, or erase it: both need an admin's key.
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { formatCount } from '../../../core/format-count.js';
import { queryClient } from '../../api/query-client.js';
import { useSession } from '../../api/session.js';
import { eraseUser, exportUser } from '../../api/users.js';
import { ConfirmDialog } from '../../components/dialogs/confirm-dialog.js';
import { notifyDone } from '../../components/feedback/notify.js';
import { useAction } from '../../components/feedback/use-action.js';

export function ExportAndErase({ id }: { readonly id: string }) {
  const { data: session } = useSession();
  const [erasing, setErasing] = useState(false);
  const exporting = useAction(async () => download('shopper.json', await exportUser(id)), {
    failed: 'The export was not made',
  });
  // The API refuses both to editors and viewers.
  if (session?.role !== 'admin') return null;
  return (
    <>
      <Button variant="default" loading={exporting.running} onClick={exporting.start}>
        Export
      </Button>
      <Button variant="default" c="var(--kindred-bad)" onClick={() => setErasing(true)}>
        Erase
      </Button>
      {erasing && <EraseDialog id={id} onClose={() => setErasing(false)} />}
    </>
  );
}

interface EraseDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

function EraseDialog({ id, onClose }: EraseDialogProps) {
  const [typed, setTyped] = useState('');
  const [, navigate] = useLocation();

  async function run() {
    const { erased } = await eraseUser(id);
    notifyDone(
      `Erased: ${formatCount(erased.events, 'event')}, ${formatCount(erased.profiles, 'profile')}, ${formatCount(erased.customers, 'attribute')}`,
    );
    queryClient.removeQueries({ queryKey: ['user', id] });
    await queryClient.invalidateQueries({ queryKey: ['users'] });
    navigate('/people');
  }

  return (
    <ConfirmDialog
      title="Erase this shopper"
      action="Erase for good"
      danger
      blocked={typed !== id}
      run={run}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text>
          Their events, profiles, running session and attributes are deleted, and nothing of it is ever served
          or learned from again, wherever it may come back from. It cannot be undone. What they do from now on
          counts anew.
        </Text>
        <TextInput
          label={
            <>
              Type <b className="name">{id}</b> to confirm
            </>
          }
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
