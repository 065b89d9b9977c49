// Deletes a model. If it was changed since it was read (412), shows the changes and asks again.
import { Alert, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ModelView } from '../../../contract/model.js';
import { modelChanges } from '../../../core/model/model-changes.js';
import { deleteModel, readModel, useModel } from '../../api/models.js';
import { refreshModels } from '../../api/query-client.js';
import { ApiError, type ApiResponse } from '../../api/request.js';
import { ConfirmDialog } from '../../components/dialogs/confirm-dialog.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { notifyDone } from '../../components/feedback/notify.js';
import { ChangesTable } from '../../components/tables/changes-table.js';
import { configOf } from '../../lib/model/model-config.js';

interface DeleteModelDialogProps {
  readonly model: ModelView;
  readonly onClose: () => void;
}

export function DeleteModelDialog({ model, onClose }: DeleteModelDialogProps) {
  const read = useModel(model.id);
  const [newer, setNewer] = useState<ApiResponse<ModelView> | null>(null);
  const seen = newer ?? read.data;

  async function run() {
    if (!seen) return;
    try {
      await deleteModel(model.id, seen.etag);
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) setNewer(await readModel(model.id));
      throw error;
    }
    notifyDone(`${model.name} is deleted`);
    await refreshModels(model.id);
  }

  return (
    <ConfirmDialog
      title={`Delete ${model.name}`}
      action={newer ? 'Delete all the same' : 'Delete'}
      danger
      blocked={!seen}
      run={run}
      onClose={onClose}
    >
      <Stack gap="md">
        <Text>
          Its settings, its trained versions and its schedule go for good. What is live stays as it is.
        </Text>
        {read.isPending && <Loading what="the model" />}
        {read.error && <Failure title="The model cannot be read" error={read.error} retry={read.refetch} />}
        {newer && (
          <Alert color="yellow" title="Somebody changed it just now">
            <ChangesTable
              caption="What was changed meanwhile"
              changes={modelChanges(configOf(model), configOf(newer.data))}
            />
          </Alert>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
