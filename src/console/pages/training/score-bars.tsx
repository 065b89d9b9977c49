// The compared scores of a version as bars, with their 95 % intervals in numbers.
import { Box, Stack, Text } from '@mantine/core';
import type { ScoreBar } from '../../lib/words/verdict-words.js';

export function ScoreBars({ bars }: { readonly bars: readonly ScoreBar[] }) {
  if (bars.length === 0) return null;
  const most = Math.max(...bars.map(({ interval }) => interval[1]));
  return (
    <Stack component="dl" gap="xs" m={0} maw={640}>
      {bars.map(({ label, score, interval: [low, high] }, index) => (
        <div key={label}>
          <Text component="dt" size="sm" fw={index === 0 ? 600 : undefined}>
            {label}
          </Text>
          <Box component="dd" m={0} display="flex" style={{ alignItems: 'center', gap: 12 }}>
            <Box flex={1} h={12} bg="var(--mantine-color-default-border)" style={{ borderRadius: 6 }}>
              <Box
                h="100%"
                w={`${most > 0 ? (100 * score) / most : 0}%`}
                bg={index === 0 ? 'var(--mantine-primary-color-filled)' : 'var(--mantine-color-gray-5)'}
                style={{ borderRadius: 6 }}
              />
            </Box>
            <Text size="sm" w={170} ff="monospace">
              {score.toFixed(3)}{' '}
              <Text span size="xs" c="dimmed" ff="monospace">
                {low.toFixed(3)}–{high.toFixed(3)}
              </Text>
            </Text>
          </Box>
        </div>
      ))}
    </Stack>
  );
}
