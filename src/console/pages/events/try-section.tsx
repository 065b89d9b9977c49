// How to send an event: code to copy, and a button that sends one now.
import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { EventReceipt } from '../../../contract/event-feed.js';
import { sendTestEvent, useExampleProduct } from '../../api/events.js';
import { useMayEdit } from '../../api/session.js';
import { useAction } from '../../components/feedback/use-action.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { curlSnippet, scriptSnippet, testEvent } from './event-snippets.js';

export function TrySection() {
  const mayEdit = useMayEdit();
  const [language, setLanguage] = useState('curl');
  const [action, setAction] = useState('view');
  const example = useExampleProduct().data ?? null;
  /** null: nothing was typed yet */
  const [typed, setTyped] = useState<string | null>(null);
  const product = typed ?? example?.object_id ?? '';
  const [receipt, setReceipt] = useState<EventReceipt | null>(null);
  const event = testEvent(action, product, example?.object_id);
  const sending = useAction(
    async () => setReceipt(await sendTestEvent({ ...event, timestamp: new Date().toISOString() })),
    {
      failed: 'The event was not sent',
    },
  );
  const snippet = language === 'curl' ? curlSnippet(event) : scriptSnippet(event);
  const findings = receipt?.rejected.flatMap(({ errors }) => errors) ?? [];
  return (
    <SectionCard
      id="try"
      title="Send an event"
      description="A test event is a real one: it is stored under the user “kindred-test”, and counts."
    >
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Event"
          value={action}
          maxLength={100}
          onChange={(e) => setAction(e.currentTarget.value)}
        />
        <TextInput
          label="Product’s id"
          placeholder={example?.object_id}
          value={product}
          maxLength={256}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <Button disabled={!mayEdit} loading={sending.running} onClick={sending.start}>
          Send it now
        </Button>
      </Group>
      {example?.title && product === example.object_id && (
        <Text size="xs" c="dimmed" className="name" lineClamp={2}>
          {example.title}
        </Text>
      )}
      {!mayEdit && (
        <Text size="sm" c="dimmed">
          Your key may look at events, not send them.
        </Text>
      )}
      {receipt && (
        <Alert color={findings.length === 0 ? 'teal' : 'red'} role="status">
          {findings.length === 0
            ? 'Accepted and stored. It appears in the feed above.'
            : `Rejected: ${findings.map(({ path, message }) => `${path} ${message}`).join('; ')}`}
        </Alert>
      )}
      <Stack gap="xs">
        <Group gap="sm">
          <SegmentedControl
            aria-label="Language"
            size="xs"
            value={language}
            onChange={setLanguage}
            data={[
              { value: 'curl', label: 'curl' },
              { value: 'script', label: 'JavaScript' },
            ]}
          />
          <CopyButton value={snippet}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Code block tabIndex={0}>
          {snippet}
        </Code>
        <Text size="xs" c="dimmed">
          From your shop’s server; the server key is one of KINDRED_SERVER_KEYS.
        </Text>
      </Stack>
    </SectionCard>
  );
}
