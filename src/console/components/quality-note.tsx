// The verdict on a version in one line, with its colour and icon.
import { Group, Text } from '@mantine/core';
import type { Quality } from '../../core/quality.js';
import { qualityWords, type Tone } from '../lib/quality-words.js';
import { IconCheck, IconStop, IconWarning } from './icons.js';

const LOOKS = {
  good: { color: 'teal', Icon: IconCheck },
  neutral: { color: 'gray', Icon: IconCheck },
  bad: { color: 'red', Icon: IconStop },
  unknown: { color: 'yellow', Icon: IconWarning },
} as const satisfies Record<Tone, object>;

export function QualityNote({ quality }: { readonly quality: Quality }) {
  const { tone, headline } = qualityWords(quality);
  const { color, Icon } = LOOKS[tone];
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Text component="span" c={`var(--mantine-color-${color}-light-color)`} lh={1.3} mt={1}>
        <Icon size={16} />
      </Text>
      <Text size="sm">{headline}</Text>
    </Group>
  );
}
