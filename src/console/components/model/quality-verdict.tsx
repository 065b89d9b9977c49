// The verdict on a version in one line, with its icon and colour.
import { Group, Text } from '@mantine/core';
import type { Quality } from '../../../core/model/quality-verdict.js';
import { type Tone, verdictWords } from '../../lib/words/verdict-words.js';
import { IconCheck, IconStop, IconWarning } from '../icons.js';

const ICONS = {
  good: IconCheck,
  neutral: IconCheck,
  bad: IconStop,
  unknown: IconWarning,
} as const satisfies Record<Tone, unknown>;

export function QualityVerdict({ quality }: { readonly quality: Quality }) {
  const { tone, headline } = verdictWords(quality);
  const Icon = ICONS[tone];
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Text component="span" className={`tone-${tone}`} lh={1.3} mt={1}>
        <Icon size={16} />
      </Text>
      <Text size="sm">{headline}</Text>
    </Group>
  );
}
