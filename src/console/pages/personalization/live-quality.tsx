// By how much the live version helps, on past searches, with the way to all its figures.
import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { ModelView } from '../../../contract/model.js';
import { useVersions } from '../../api/models.js';
import { helpWords } from '../../lib/words/verdict-words.js';

export function LiveQuality({ model }: { readonly model: ModelView }) {
  const { data: versions } = useVersions(model.id);
  const live = versions?.find(({ active }) => active);
  if (!live?.quality) return null;
  return (
    <Stack gap={2} maw={680} role="group" aria-label="What it is worth">
      <Text size="sm">
        {helpWords(live.quality)}{' '}
        <Anchor component={Link} href={`/personalization/${model.id}/training`} size="sm" td="underline">
          See all figures
        </Anchor>
      </Text>
    </Stack>
  );
}
