// Says on every page what fires: in a sentence, since when, and where it is mended. Each can be put away until it changes.
import { Alert, Anchor, Button, CloseButton, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { AlertView } from '../../../contract/alert.js';
import { useAlerts } from '../../api/alerts.js';
import { dismiss, readDismissed } from '../../lib/dismissed-alerts.js';
import { sentence } from '../../lib/words/sentence.js';
import { ago, moment } from '../../lib/words/time-words.js';

/** More are behind a button, so that the page stays in sight. */
const MAX_SHOWN = 2;
/** For whoever runs Kindred, who looks at the overview: nothing that a merchandiser can mend. */
const FOR_OPERATORS: readonly AlertView['name'][] = ['profiles-too-late'];
const PAGES: readonly (readonly [RegExp, string])[] = [
  [/\/training$/, 'Open the training'],
  [/^\/events/, 'Look at the events'],
  [/^\/overview/, 'Look at the figures'],
];

export function AlertBanner() {
  const { data } = useAlerts();
  const [dismissed, setDismissed] = useState(() => readDismissed(localStorage));
  const [all, setAll] = useState(false);
  const [path] = useLocation();
  const firing = (data?.alerts ?? []).filter(
    ({ id, name, state }) =>
      state === 'firing' &&
      !dismissed.includes(id) &&
      (path === '/overview' || !FOR_OPERATORS.includes(name)),
  );
  if (firing.length === 0) return null;
  const shown = all ? firing : firing.slice(0, MAX_SHOWN);
  const more = firing.length - shown.length;
  return (
    <Stack component="section" aria-label="Alerts" gap={8} mb="md" maw={1800} mx="auto">
      {shown.map((alert) => (
        <Firing
          key={alert.id}
          alert={alert}
          onDismiss={() => setDismissed(dismiss(localStorage, alert.id))}
        />
      ))}
      {more > 0 && (
        <Button size="xs" variant="default" w="fit-content" onClick={() => setAll(true)}>
          {more} more {more === 1 ? 'alert' : 'alerts'}
        </Button>
      )}
    </Stack>
  );
}

function Firing({ alert, onDismiss }: { readonly alert: AlertView; readonly onDismiss: () => void }) {
  const { severity, summary, firedAt, page } = alert;
  const words = sentence(summary);
  return (
    <Alert color={severity === 'critical' ? 'red' : 'orange'} p="xs" role="status">
      <Group justify="space-between" align="flex-start" gap="sm" wrap="nowrap">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {words}{' '}
          <Text span size="sm" title={ago(firedAt, Date.now())}>
            Since {moment(firedAt)}.
          </Text>{' '}
          <Anchor component={Link} href={page} size="sm" c="inherit" td="underline">
            {PAGES.find(([pattern]) => pattern.test(page))?.[1] ?? 'Look at it'}
          </Anchor>
        </Text>
        <CloseButton size="sm" c="inherit" aria-label={`Dismiss: ${words}`} onClick={onDismiss} />
      </Group>
    </Alert>
  );
}
