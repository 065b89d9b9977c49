// The stages of a running training: done, under way, or to come.
import { Group, Loader, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '../../components/icons.js';
import { type Stage, stagesAt } from './training-stages.js';

const STATE_WORDS = { done: 'done', running: 'under way', waiting: 'to come' } as const;

export function StageList({ stage }: { readonly stage: string | null }) {
  return (
    <Stack component="ol" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
      {stagesAt(stage).map(({ name, words, state }) => (
        <Group key={name} component="li" gap="xs" wrap="nowrap">
          <Marker state={state} />
          <Text
            size="sm"
            fw={state === 'running' ? 600 : undefined}
            c={state === 'waiting' ? 'dimmed' : undefined}
          >
            {words}
          </Text>
          <VisuallyHidden>{STATE_WORDS[state]}</VisuallyHidden>
        </Group>
      ))}
    </Stack>
  );
}

function Marker({ state }: { readonly state: Stage['state'] }) {
  return (
    <Text span w={18} ta="center" className={state === 'done' ? 'tone-good' : 'tone-neutral'} aria-hidden>
      {state === 'done' && <IconCheck size={16} />}
      {state === 'running' && <Loader size={14} />}
      {state === 'waiting' && '·'}
    </Text>
  );
}
