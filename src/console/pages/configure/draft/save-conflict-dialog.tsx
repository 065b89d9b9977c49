// Shown when a save is refused with 412, as a colleague saved the model meanwhile: both changes, and the choice between them.
import { Alert, Button, Modal, Stack, Text, Title } from '@mantine/core';
import type { Model } from '../../../../core/model/model.js';
import { modelChanges } from '../../../../core/model/model-changes.js';
import { DialogActions } from '../../../components/dialogs/dialog-actions.js';
import { ChangesTable } from '../../../components/tables/changes-table.js';
import { conflicts } from './save-conflicts.js';

interface SaveConflictDialogProps {
  /** what both edits began from */
  readonly base: Model;
  readonly mine: Model;
  readonly theirs: Model;
  readonly saving: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

export function SaveConflictDialog({
  base,
  mine,
  theirs,
  saving,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: SaveConflictDialogProps) {
  const theirChanges = modelChanges(base, theirs);
  const myChanges = modelChanges(base, mine);
  const both = conflicts(myChanges, theirChanges);
  return (
    <Modal opened onClose={onClose} size="xl" title="Somebody else saved this model while you were editing">
      <Stack gap="lg">
        <Text>
          Nothing is lost: your edits are still here.
          {both.size > 0 && ' Settings that both of you changed are marked.'}
        </Text>
        <Side title="What they changed" none="They changed how the overrides are grouped, and nothing else.">
          {theirChanges.length > 0 && (
            <ChangesTable
              caption="What they changed"
              changes={theirChanges}
              marked={both}
              headings={['Was', 'Theirs']}
            />
          )}
        </Side>
        <Side title="What you changed" none="You changed how the overrides are grouped, and nothing else.">
          {myChanges.length > 0 && (
            <ChangesTable
              caption="What you changed"
              changes={myChanges}
              marked={both}
              headings={['Was', 'Yours']}
            />
          )}
        </Side>
        <Alert color="gray">
          <b>Keep mine</b> saves the model as it is on your screen; their changes are undone.{' '}
          <b>Take theirs</b> shows the model as they saved it; your edits are gone.
        </Alert>
        <DialogActions>
          <Button variant="subtle" onClick={onClose}>
            Back to editing
          </Button>
          <Button variant="default" onClick={onTakeTheirs}>
            Take theirs
          </Button>
          <Button loading={saving} onClick={onKeepMine}>
            Keep mine
          </Button>
        </DialogActions>
      </Stack>
    </Modal>
  );
}

interface SideProps {
  readonly title: string;
  readonly none: string;
  readonly children: React.ReactNode;
}

function Side({ title, none, children }: SideProps) {
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      {children || (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
    </section>
  );
}
