// The result lists of the preview, OFF beside the models: in columns, or one at a time where the window is narrow.
import {
  ActionIcon,
  Alert,
  Card,
  Checkbox,
  Chip,
  CopyButton,
  Group,
  List,
  SegmentedControl,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useRef, useState } from 'react';
import type { BaselineHit, PreviewAnswer, VariantAnswer } from '../../../contract/preview.js';
import { formatCount } from '../../../core/format-count.js';
import { notifyDone } from '../../components/feedback/notify.js';
import { IconCheck, IconCopy } from '../../components/icons.js';
import { KEY_WORDS } from '../../lib/preview/curl-snippet.js';
import type { VariantOption } from '../../lib/preview/variant-options.js';
import { profileWords } from '../../lib/words/boost-words.js';
import { placeWords } from '../../lib/words/setting-words.js';
import { skipReasonWords } from '../../lib/words/skip-reason-words.js';
import { HitCard } from './hit-card.js';
import { ProductLines } from './product-lines.js';

interface ResultListsProps {
  readonly preview: PreviewAnswer;
  /** of the lists beside OFF, in their order */
  readonly chosen: readonly VariantOption[];
  /** newer lists are being read */
  readonly stale: boolean;
  /** fields that are shown of a product */
  readonly fields: readonly string[];
  /** keys of lists that are not shown */
  readonly hidden: readonly string[];
  /** the line that asks the proxy for a list */
  readonly curl: (option: VariantOption | null) => Curl;
  readonly onHide: (hidden: readonly string[]) => void;
  readonly onClick: (hit: BaselineHit) => void;
}

export interface Curl {
  readonly snippet: string;
  /** what it cannot say of the preview; null: nothing */
  readonly caveat: string | null;
}

const OFF = 'off';

export function ResultLists(props: ResultListsProps) {
  const { preview, chosen, stale, fields, hidden, curl, onHide, onClick } = props;
  const [allReasons, setAllReasons] = useState(false);
  const [marked, setMarked] = useState<string | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 48em)');
  const [picked, setPicked] = useState('1');
  const all: readonly ListedHits[] = [
    { key: OFF, title: 'OFF', words: preview.base, hits: preview.off.hits, option: null },
    ...preview.variants.map((variant, index) => ({
      key: chosen[index]?.key ?? String(index),
      title: variant.label,
      words: <Outcome variant={variant} />,
      hits: variant.hits,
      option: chosen[index] ?? null,
    })),
  ];
  const visible = all.filter(({ key }) => !hidden.includes(key));
  const lists = narrow || visible.length === 0 ? all : visible;
  const at = Math.min(Number(picked), lists.length - 1);
  const shown = narrow ? lists.slice(at, at + 1) : lists;
  const rows = Math.max(...shown.map(({ hits }) => hits.length));
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
        <SegmentedControl
          fullWidth
          aria-label="List"
          value={String(at)}
          onChange={setPicked}
          data={lists.map(({ title }, index) => ({ value: String(index), label: title }))}
        />
      ) : (
        <Group gap="xs" role="group" aria-label="Lists">
          {all.map(({ key, title }) => (
            <Chip
              key={key}
              size="xs"
              classNames={{ label: 'list-chip' }}
              checked={lists.some((list) => list.key === key)}
              disabled={lists.length === 1 && lists[0]?.key === key}
              onChange={(on) => onHide(on ? hidden.filter((each) => each !== key) : [...hidden, key])}
            >
              <span className="name">{title}</span>
            </Chip>
          ))}
        </Group>
      )}
      <div
        className="result-lists"
        ref={area}
        style={{
          gridTemplateColumns: `repeat(${shown.length}, minmax(0, 1fr))`,
          gridTemplateRows: `auto repeat(${rows}, auto)`,
        }}
      >
        {shown.map((list) => (
          <HitList
            key={list.key}
            list={list}
            rows={rows}
            curl={curl(list.option)}
            card={(hit, index) => (
              <HitCard
                key={hit.id}
                hit={hit}
                rank={index + 1}
                among={list.hits.length}
                allReasons={allReasons}
                fields={fields}
                marked={marked === hit.id}
                onClick={() => onClick(hit)}
                onMark={(on) => setMarked(on ? hit.id : null)}
              />
            )}
          />
        ))}
        <ProductLines area={area} product={marked} />
      </div>
    </Stack>
  );
}

interface ListedHits {
  readonly key: string;
  readonly title: string;
  readonly words: ReactNode;
  readonly hits: readonly BaselineHit[];
  /** null: OFF */
  readonly option: VariantOption | null;
}

interface HitListProps {
  readonly list: ListedHits;
  /** of the grid that all lists share */
  readonly rows: number;
  readonly curl: Curl;
  readonly card: (hit: BaselineHit, index: number) => ReactNode;
}

function HitList({ list: { title, words, hits }, rows, curl, card }: HitListProps) {
  return (
    <Card
      component="section"
      aria-label={title}
      className="hit-column"
      style={{ gridRow: `span ${rows + 1}` }}
    >
      <div>
        <Group justify="space-between" gap={4} wrap="nowrap" align="flex-start">
          <Title order={3} size="h5" className="name list-title" title={title}>
            {title}
          </Title>
          <CopyButton value={curl.snippet}>
            {({ copied, copy }) => (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Copy ${title} as curl`}
                title={curl.caveat ?? 'Copy as curl'}
                onClick={() => {
                  copy();
                  notifyDone(
                    'Copied: a line for your terminal',
                    [curl.caveat, KEY_WORDS].filter(Boolean).join(' '),
                  );
                }}
              >
                {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              </ActionIcon>
            )}
          </CopyButton>
        </Group>
        <Text size="xs" c="dimmed" component="div">
          {words}
        </Text>
      </div>
      <ol className="hit-list" style={{ gridRow: `span ${rows}` }}>
        {hits.map(card)}
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
