// The switch that turns personalization on and off, and what that means right now.
import { Card, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ModelView } from '../../../contract/model.js';
import { useMayEdit } from '../../api/session.js';
import { useSettings } from '../../api/settings.js';
import { ConfirmDialog } from '../../components/dialogs/confirm-dialog.js';
import { Failure } from '../../components/feedback/failure.js';
import { Loading } from '../../components/feedback/loading.js';
import { useSwitch } from '../../components/model/use-switch.js';
import { LiveQuality } from './live-quality.js';

const WORDS = {
  on: 'Searches of your shoppers are ranked by the live model.',
  off:
    'Every search goes to the engine as your storefront sent it, and its order stays as it was made. Events are ' +
    'still collected, and models can still be edited, trained and previewed.',
  empty:
    'It is on, but no model is live, so searches stay as they are. Train and save a model below, and make it live.',
} as const;

export function OnOffCard({ active }: { readonly active: ModelView | null }) {
  const settings = useSettings();
  const mayEdit = useMayEdit();
  const { switching, turn } = useSwitch();
  const [asking, setAsking] = useState(false);
  const on = settings.data?.data.personalization.enabled ?? false;

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
          {active && <LiveQuality model={active} />}
        </Stack>
        {settings.data && (
          <Switch
            aria-label="Personalization"
            size="xl"
            color="teal.9"
            onLabel="ON"
            offLabel="OFF"
            checked={on}
            disabled={!mayEdit}
            // Disabled while it switches, it would lose the focus.
            onChange={() => !switching && (on ? setAsking(true) : void turn(true))}
          />
        )}
      </Group>
      {asking && (
        <ConfirmDialog
          title="Turn personalization off?"
          action="Turn off"
          danger
          run={() => turn(false)}
          onClose={() => setAsking(false)}
        >
          <Text>
            {active ? (
              <>
                Version {active.activeVersion} of <b className="name">{active.name}</b> stops ranking the
                searches of your shoppers
              </>
            ) : (
              'Searches stay as they are, also once a model is chosen'
            )}
            , within two seconds and for everybody. Nothing is lost: turned on again, all is as before.
          </Text>
        </ConfirmDialog>
      )}
    </Card>
  );
}
