// The switch that turns personalization on and off, and what that means right now.
import { Card, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ModelView } from '../../../contract/model.js';
import { refreshModels } from '../../api/query-client.js';
import { useMayEdit } from '../../api/session.js';
import { switchPersonalization, useSettings } from '../../api/settings.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { notifyDone, notifyFailed } from '../../components/feedback/notify.js';

const WORDS = {
  on: 'Searches of your shoppers are ranked by the active model.',
  off:
    'Every search goes to the engine as your storefront sent it, and its order stays as it was made. Events are ' +
    'still collected, and models can still be edited, trained and previewed.',
  empty:
    'It is on, but no model is active, so searches stay as they are. Train, save and activate a model below.',
} as const;

export function OnOffCard({ active }: { readonly active: ModelView | null }) {
  const settings = useSettings();
  const mayEdit = useMayEdit();
  const [switching, setSwitching] = useState(false);
  const on = settings.data?.data.personalization.enabled ?? false;

  async function change(enabled: boolean) {
    if (!settings.data) return;
    setSwitching(true);
    try {
      const raced = await switchPersonalization(settings.data, enabled);
      const note = raced
        ? ' Somebody else had just changed the settings; what they changed besides is kept.'
        : '';
      notifyDone(
        `Personalization is ${enabled ? 'on' : 'off'}`,
        `Every proxy follows within two seconds.${note}`,
      );
    } catch (error) {
      notifyFailed('Personalization was not switched', error);
    } finally {
      setSwitching(false);
      await refreshModels();
    }
  }

  return (
    <Card component="section" aria-labelledby="on-off">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xl">
        <Stack gap={4}>
          <Title order={2} size="h4" id="on-off">
            {settings.data ? `Personalization is ${on ? 'on' : 'off'}` : 'Personalization'}
          </Title>
          {settings.isPending && <Loading what="the settings" />}
          {settings.error && !settings.data && (
            <Failure title="The settings cannot be read" error={settings.error} retry={settings.refetch} />
          )}
          {settings.data && (
            <Text maw={680}>
              {!on && WORDS.off}
              {on && !active && WORDS.empty}
              {on && active && (
                <>
                  {WORDS.on} That is <b className="name">{active.name}</b>, version {active.activeVersion}.
                </>
              )}
            </Text>
          )}
        </Stack>
        {settings.data && (
          <Switch
            aria-label="Personalization"
            size="xl"
            color="teal.9"
            onLabel="ON"
            offLabel="OFF"
            checked={on}
            disabled={!mayEdit || switching}
            onChange={(event) => void change(event.currentTarget.checked)}
          />
        )}
      </Group>
    </Card>
  );
}
