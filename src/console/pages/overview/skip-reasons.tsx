// Why searches of the last hour were not personalized, most frequent first.
import { Box, Stack, Text } from '@mantine/core';
import { type LastHour, shareText } from './last-hour.js';

export function SkipReasons({ hour: { skipped, searches } }: { readonly hour: LastHour }) {
  if (skipped.length === 0) return <Text c="dimmed">Every search was personalized.</Text>;
  return (
    <Stack component="dl" gap="sm" m={0}>
      {skipped.map(({ reason, words, searches: count }) => (
        <div key={reason}>
          <Text component="dt" size="sm">
            {words}{' '}
            <Text span size="xs" c="dimmed" ff="monospace">
              {reason}
            </Text>
          </Text>
          <Box component="dd" m={0} display="flex" style={{ alignItems: 'center', gap: 12 }}>
            <Box flex={1} h={10} bg="var(--mantine-color-default-border)" style={{ borderRadius: 5 }}>
              <Box
                h="100%"
                w={`${(100 * count) / searches}%`}
                bg="var(--mantine-primary-color-filled)"
                style={{ borderRadius: 5 }}
              />
            </Box>
            <Text size="sm" w={130}>
              {count.toLocaleString('en')} · {shareText(count, searches)}
            </Text>
          </Box>
        </div>
      ))}
    </Stack>
  );
}
