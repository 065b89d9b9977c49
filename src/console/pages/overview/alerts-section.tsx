// Alerts of the last week, and the webhook that is told of them, with a message to try it.
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { AlertList, AlertView } from '../../../contract/alert.js';
import { testWebhook, useAlerts } from '../../api/alerts.js';
import { useMayEdit } from '../../api/session.js';
import { notifyDone, notifyFailed } from '../../components/feedback/notify.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { sentence } from '../../lib/words/sentence.js';
import { moment } from '../../lib/words/time-words.js';

export function AlertsSection() {
  const { data } = useAlerts();
  if (!data) return null;
  const { alerts, webhook } = data;
  return (
    <SectionCard
      id="alerts"
      title="Alerts"
      description="What is wrong now, and what was in the last week. Looked at once a minute."
      actions={webhook && <TestButton host={webhook.host} />}
    >
      {alerts.length === 0 ? (
        <Text c="dimmed">Nothing is wrong, and nothing was.</Text>
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {alerts.map((alert) => (
            <Told key={alert.id} alert={alert} />
          ))}
        </Stack>
      )}
      <Text size="sm" c="dimmed">
        {webhookWords(webhook)}
      </Text>
    </SectionCard>
  );
}

function Told({ alert: { state, summary, firedAt, resolvedAt } }: { readonly alert: AlertView }) {
  return (
    <Group component="li" gap="sm" align="flex-start" wrap="nowrap">
      <Badge color={state === 'firing' ? 'red' : 'gray'} style={{ flexShrink: 0 }}>
        {state === 'firing' ? 'now' : 'over'}
      </Badge>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {sentence(summary)}{' '}
        <Text span size="sm" c="dimmed">
          {moment(firedAt)}
          {resolvedAt && ` to ${moment(resolvedAt)}`}
        </Text>
      </Text>
    </Group>
  );
}

function TestButton({ host }: { readonly host: string }) {
  const mayEdit = useMayEdit();
  const [sending, setSending] = useState(false);
  async function send() {
    setSending(true);
    try {
      const { delivered, message } = await testWebhook();
      if (delivered) notifyDone('The test arrived', `${host} ${message}`);
      else notifyFailed('The test did not arrive', new Error(`${host}: ${message}`));
    } catch (error) {
      notifyFailed('The test was not sent', error);
    } finally {
      setSending(false);
    }
  }
  return (
    <Button size="xs" variant="default" disabled={!mayEdit} loading={sending} onClick={send}>
      Send a test
    </Button>
  );
}

function webhookWords(webhook: AlertList['webhook']): string {
  if (!webhook) return 'They are shown here alone: no webhook is set.';
  const { host, signed, last } = webhook;
  const told = `They are sent to ${host}${signed ? ', signed' : ''}.`;
  if (!last) return told;
  return `${told} The last message, ${moment(last.at)}, ${last.delivered ? 'arrived' : `did not arrive: ${last.message}`}.`;
}
