// The result lists of the preview, OFF beside the models: in columns, or one at a time where the window is narrow.
import { Alert, Card, Checkbox, Group, List, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import type { BaselineHit, PreviewAnswer, VariantAnswer } from '../../../contract/preview.js';
import { formatCount } from '../../../core/format-count.js';
import { profileWords } from '../../lib/words/boost-words.js';
import { placeWords } from '../../lib/words/setting-words.js';
import { skipReasonWords } from '../../lib/words/skip-reason-words.js';
import { HitCard } from './hit-card.js';

interface ResultListsProps {
  readonly preview: PreviewAnswer;
  /** newer lists are being read */
  readonly stale: boolean;
  readonly onClick: (hit: BaselineHit) => void;
}

export function ResultLists({ preview, stale, onClick }: ResultListsProps) {
  const [allReasons, setAllReasons] = useState(false);
  const narrow = useMediaQuery('(max-width: 48em)');
  const [chosen, setChosen] = useState('1');
  const shared = { allReasons, onClick };
  const lists = [
    <HitList key="off" title="OFF" words={preview.base} hits={preview.off.hits} {...shared} />,
    ...preview.variants.map((variant, index) => (
      <HitList
        // biome-ignore lint/suspicious/noArrayIndexKey: two variants can be one model in two states
        key={index}
        title={variant.label}
        words={<Outcome variant={variant} />}
        hits={variant.hits}
        {...shared}
      />
    )),
  ];
  if (preview.total === 0)
    return (
      <Text c="dimmed">
        No product of the catalog has all these words. Try fewer, or none for everything.
      </Text>
    );
  const labels = ['OFF', ...preview.variants.map(({ label }) => label)];
  const at = Math.min(Number(chosen), lists.length - 1);
  return (
    <Stack gap="md" aria-busy={stale} style={{ opacity: stale ? 0.6 : 1 }}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {formatCount(preview.total, 'product')}, ranked in {preview.query_ms} ms
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
            data={labels.map((label, index) => ({ value: String(index), label }))}
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
  readonly hits: readonly BaselineHit[];
  readonly allReasons: boolean;
  readonly onClick: (hit: BaselineHit) => void;
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
        {hits.map((hit, index) => (
          <HitCard
            key={hit.id}
            hit={hit}
            rank={index + 1}
            allReasons={allReasons}
            onClick={() => onClick(hit)}
          />
        ))}
      </ol>
    </Card>
  );
}

function Outcome({ variant }: { readonly variant: VariantAnswer }) {
  const { outcome, reason = '', profiles, boosts, version, needs_training: untrained } = variant;
  return (
    <>
      {outcome === 'applied'
        ? `Version ${version}: ${formatCount(boosts, 'boost')} from ${profileWords(profiles)}`
        : `Not personalized: ${skipReasonWords(reason)}`}
      {untrained.length > 0 && (
        <Alert color="yellow" p="xs" mt={4} title="Counts only after a training">
          <List size="xs">
            {untrained.map(({ path, message }) => (
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
