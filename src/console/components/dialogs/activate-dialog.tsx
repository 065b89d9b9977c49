// Makes the saved version of a model live. One that was judged worse warns first and asks for a confirmation.
import { Alert, Checkbox, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ModelView } from '../../../contract/model.js';
import { activateModel } from '../../api/models.js';
import { refreshModels } from '../../api/query-client.js';
import { ApiError } from '../../api/request.js';
import { useSettings } from '../../api/settings.js';
import { stripBidiControls } from '../../lib/words/strip-bidi-controls.js';
import { verdictWords } from '../../lib/words/verdict-words.js';
import { notifyDone } from '../feedback/notify.js';
import { IconWarning } from '../icons.js';
import { ConfirmDialog } from './confirm-dialog.js';

interface ActivateDialogProps {
  readonly model: Pick<ModelView, 'id' | 'name' | 'savedVersion' | 'quality'>;
  /** the model that is live now */
  readonly active: Pick<ModelView, 'id' | 'name' | 'activeVersion'> | null;
  readonly onClose: () => void;
}

export function ActivateDialog({ model, active, onClose }: ActivateDialogProps) {
  const { data: settings } = useSettings();
  const [confirmed, setConfirmed] = useState(false);
  /** why the server refused: its verdict may be newer than the one on screen */
  const [refusal, setRefusal] = useState<string | null>(null);
  const words = model.quality && verdictWords(model.quality);
  const worse = refusal !== null || model.quality?.verdict === 'worse';
  const off = settings?.data.personalization.enabled === false;

  async function run() {
    try {
      await activateModel(model.id, confirmed);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'quality-worse') setRefusal(error.message);
      throw error;
    }
    notifyDone(
      `${model.name}, version ${model.savedVersion}, is ${off ? 'live once personalization is on' : 'live'}`,
      'Every proxy follows within two seconds.',
    );
    await refreshModels();
  }

  return (
    <ConfirmDialog
      title={titleOf(model, active, worse)}
      action={worse ? 'Make live anyway' : 'Make live'}
      danger={worse}
      blocked={worse && !confirmed}
      run={run}
      onClose={onClose}
    >
      <Stack gap="md">
        <Text>
          Version {model.savedVersion} of <b className="name">{model.name}</b> will rank the searches of your
          shoppers{active ? ' instead of ' : '.'}
          {active && (
            <>
              version {active.activeVersion} of <b className="name">{active.name}</b>.
            </>
          )}
        </Text>
        {off && <Text>Personalization is off: shoppers notice once you turn it on.</Text>}
        {worse ? (
          <>
            <Alert color="red" icon={<IconWarning />} title={words?.headline ?? 'It was judged worse'}>
              {words && words.lines.length > 0 ? (
                <List size="sm" spacing={4}>
                  {words.lines.map((line) => (
                    <List.Item key={line}>{line}</List.Item>
                  ))}
                  {words.measures.map(({ name, lines }) => (
                    <List.Item key={name}>
                      {name}. {lines.join(' ')}
                    </List.Item>
                  ))}
                </List>
              ) : (
                refusal
              )}
            </Alert>
            <Checkbox
              label="I know that shoppers will find what they want less often, and want it all the same"
              checked={confirmed}
              onChange={(event) => setConfirmed(event.currentTarget.checked)}
            />
          </>
        ) : (
          words && <Text size="sm">{`On what shoppers took before: ${words.headline.toLowerCase()}.`}</Text>
        )}
      </Stack>
    </ConfirmDialog>
  );
}

function titleOf(
  { id, name, savedVersion }: ActivateDialogProps['model'],
  active: ActivateDialogProps['active'],
  worse: boolean,
): string {
  if (worse) return `Version ${savedVersion} is worse`;
  const words =
    active && active.id !== id
      ? `Switch from ${active.name} to ${name}`
      : `Make ${name}, version ${savedVersion}, live`;
  return stripBidiControls(words);
}
