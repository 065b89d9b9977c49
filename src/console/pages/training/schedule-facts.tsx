// When a model is trained next, and what came of the last time.
import { Stack, Text } from '@mantine/core';
import type { Schedule } from '../../api/types.js';
import { OUTCOME_WORDS } from '../../lib/words/schedule-words.js';
import { ago, moment } from '../../lib/words/time-words.js';

export function ScheduleFacts({ schedule }: { readonly schedule: Schedule }) {
  const { next, timezone, lastRun } = schedule;
  if (!next && !lastRun) return null;
  return (
    <Stack gap={4}>
      {next && (
        <Text size="sm">
          Next training {ago(next, Date.now())}: {moment(next, timezone)} ({timezone}).
        </Text>
      )}
      {lastRun && (
        <Text size="sm">
          The last one, {moment(lastRun.startedAt)}, {OUTCOME_WORDS[lastRun.outcome]}
          {lastRun.message && `: ${lastRun.message}`}.
        </Text>
      )}
    </Stack>
  );
}
