// OFF beside the models: columns where there is room, else one list at a time.
import { Alert, Card, Checkbox, Group, List, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { formatCount } from '../../../core/format-count.js';
import type { PlainHit, PreviewAnswer, ShownVariant } from '../../api/preview-types.js';
import { profileWords, reasonWords } from '../../lib/words/boost-words.js';
import { placeWords } from '../../lib/words/place-words.js';
import { HitCard } from './hit-card.js';

interface ResultListsProps {
  readonly answer: PreviewAnswer;
  /** newer lists are on their way */
  readonly stale: boolean;
  readonly onClick: (hit: PlainHit) => void;
}

export function ResultLists({ answer, stale, onClick }: ResultListsProps) {
  const [allReasons, setAllReasons] = useState(false);
  const narrow = useMediaQuery('(max-width: 48em)');
  const [chosen, setChosen] = useState('1');
  const how = { allReasons, onClick };
  const lists = [
    <HitList key="off" title="OFF" words={answer.base} hits={answer.off.hits} {...how} />,
    ...answer.variants.map((variant, place) => (
      <HitList
        // biome-ignore lint/suspicious/noArrayIndexKey: two variants can be one model in two states
        key={place}
        title={variant.label}
        words={<Outcome variant={variant} />}
        hits={variant.hits}
        {...how}
      />
    )),
  ];
  if (answer.total === 0)
    return (
      <Text c="dimmed">
        No product of the catalog has all these words. Try fewer, or none for everything.
      </Text>
    );
  const labels = ['OFF', ...answer.variants.map(({ label }) => label)];
  const at = Math.min(Number(chosen), lists.length - 1);
  return (
    <Stack gap="md" aria-busy={stale} style={{ opacity: stale ? 0.6 : 1 }}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {formatCount(answer.total, 'product')}, ranked in {answer.query_ms} ms
        </Text>
        <Checkbox
          size="xs"
          label="Every reason of a product"
          checked={allReasons}
          onChange={(event) => setAllReasons(event.currentTarget.checked)}
        />
      </Group>
      {narrow ? (
        <>
          <SegmentedControl
            fullWidth
            aria-label="List"
            value={String(at)}
            onChange={setChosen}
            data={labels.map((label, place) => ({ value: String(place), label }))}
          />
          {lists[at]}
        </>
      ) : (
        <div className="result-lists">{lists}</div>
      )}
    </Stack>
  );
}

interface HitListProps {
  readonly title: string;
  readonly words: ReactNode;
  readonly hits: readonly PlainHit[];
  readonly allReasons: boolean;
  readonly onClick: (hit: PlainHit) => void;
}

function HitList({ title, words, hits, allReasons, onClick }: HitListProps) {
  return (
    <Card component="section" aria-label={title} p="md">
      <Title order={3} size="h5" className="name">
        {title}
      </Title>
      <Text size="xs" c="dimmed" component="div" mih={36}>
        {words}
      </Text>
      <ol className="hit-list">
        {hits.map((hit, place) => (
          <HitCard
            key={hit.id}
            hit={hit}
            rank={place + 1}
            allReasons={allReasons}
            onClick={() => onClick(hit)}
          />
        ))}
      </ol>
    </Card>
  );
}

function Outcome({ variant }: { readonly variant: ShownVariant }) {
  const { outcome, reason = '', profiles, boosts, version, needs_training: open } = variant;
  return (
    <>
      {outcome === 'applied'
        ? `Version ${version}: ${formatCount(boosts, 'boost')} from ${profileWords(profiles)}`
        : `Not personalized: ${reasonWords(reason)}`}
      {open.length > 0 && (
        <Alert color="yellow" p="xs" mt={4} title="Counts only after a training">
          <List size="xs">
            {open.map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>
                {placeWords(path)}: {message}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}
