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
import type { TestReceipt } from '../../../contract/event-feed.js';
import { sendTestEvent, useExampleProduct } from '../../api/events.js';
import { useMayEdit, useProxyUrl } from '../../api/session.js';
import { useAction } from '../../components/feedback/use-action.js';
import { SectionCard } from '../../components/layout/section-card.js';
import { KEY_WORDS } from '../../lib/preview/curl-snippet.js';
import { sentence } from '../../lib/words/sentence.js';
import { curlSnippet, scriptSnippet, testEvent } from './event-snippets.js';

export function TrySection() {
  const mayEdit = useMayEdit();
  const [language, setLanguage] = useState('curl');
  const [action, setAction] = useState('view');
  const example = useExampleProduct().data ?? null;
  /** null: nothing was typed yet */
  const [typed, setTyped] = useState<string | null>(null);
  const product = typed ?? example?.object_id ?? '';
  /** what was answered, and to which event */
  const [sent, setSent] = useState<{ readonly receipt: TestReceipt; readonly event: string } | null>(null);
  const proxy = useProxyUrl();
  const event = testEvent(action, product);
  const text = JSON.stringify(event);
  const receipt = sent?.event === text ? sent.receipt : null;
  const emptied = product.trim() === '' && example !== null;
  const sending = useAction(
    async () => {
      const answer = await sendTestEvent({ ...event, timestamp: new Date().toISOString() });
      setSent({ receipt: answer, event: text });
    },
    { failed: 'The event was not sent' },
  );
  const snippet = language === 'curl' ? curlSnippet(proxy, event) : scriptSnippet(proxy, event);
  const findings = receipt?.rejected.flatMap(({ errors }) => errors) ?? [];
  const warnings = receipt?.warnings ?? [];
  return (
    <SectionCard
      id="try"
      title="Send an event"
      description="A test event is a real one: it is stored under the user “kindred-test”, and counts if the catalog has its product."
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
          error={emptied ? 'Which product? Nothing is sent without one.' : null}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <Button disabled={!mayEdit || emptied} loading={sending.running} onClick={sending.start}>
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
        <Alert
          color={findings.length > 0 ? 'red' : warnings.length > 0 ? 'yellow' : 'teal'}
          role="status"
          title={warnings.length > 0 ? 'Accepted and stored, but' : null}
        >
          {findings.length === 0
            ? warnings.map(({ message }) => sentence(message)).join(' ') ||
              'Accepted and stored. It appears in the feed above.'
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
          From your shop’s server.{' '}
          {language === 'curl' ? KEY_WORDS : 'Its key is one of KINDRED_SERVER_KEYS.'} The address is that of
          the proxy as it is reached on Kindred’s own machine.
        </Text>
      </Stack>
    </SectionCard>
  );
}
