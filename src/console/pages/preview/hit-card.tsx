// One product in a list of the preview: its rank, how far it moved, and why.
import { Group, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { BaselineHit, PersonalizedHit } from '../../../contract/preview.js';
import { moveOf } from '../../lib/words/boost-words.js';
import { HitReasons } from './hit-reasons.js';

interface HitCardProps {
  readonly hit: BaselineHit & Partial<PersonalizedHit>;
  readonly rank: number;
  /** products of its list */
  readonly among: number;
  readonly allReasons: boolean;
  /** shown besides title and id */
  readonly fields: readonly string[];
  /** this product is pointed at, here or in another list */
  readonly marked: boolean;
  readonly onClick: () => void;
  readonly onMark: (marked: boolean) => void;
}

/** A click on it is an event of the simulated session. */
export function HitCard({ hit, rank, among, allReasons, fields, marked, onClick, onMark }: HitCardProps) {
  const move = hit.rank === undefined ? null : moveOf(hit.rank, hit.rank_without ?? null);
  return (
    <li>
      <UnstyledButton
        className="hit-card"
        onClick={onClick}
        title="Click it as this shopper"
        data-product={hit.id}
        data-marked={marked || undefined}
        onMouseEnter={() => onMark(true)}
        onMouseLeave={() => onMark(false)}
        onFocus={() => onMark(true)}
        onBlur={() => onMark(false)}
      >
        <Picture url={hit.image} />
        <div className="hit-text">
          <Group gap={8} wrap="nowrap" align="baseline">
            <Text size="sm" c="dimmed" ff="monospace" className="hit-rank">
              {rank}
            </Text>
            {move && (
              <Text size="sm" fw={700} className={`tone-${move.tone}`} style={{ whiteSpace: 'nowrap' }}>
                <span aria-hidden="true">{move.mark}</span>
                <span className="visually-hidden">{move.words}</span>
              </Text>
            )}
          </Group>
          <Text size="sm" fw={600} className="name two-lines hit-title" title={hit.title || hit.id}>
            {hit.title || hit.id}
          </Text>
          <Text size="xs" c="dimmed" className="name hit-facts">
            {[
              hit.id,
              ...fields.flatMap((field) => (hit.fields[field] ? [`${field} ${hit.fields[field]}`] : [])),
            ].join(' · ')}
          </Text>
        </div>
      </UnstyledButton>
      {hit.boost !== undefined && hit.relative !== undefined && (
        <HitReasons
          key={String(allReasons)}
          hit={{
            id: hit.id,
            boost: hit.boost,
            relative: hit.relative,
            reasons: hit.reasons ?? [],
            sentence: hit.sentence,
          }}
          among={among}
          open={allReasons}
        />
      )}
    </li>
  );
}

/** A picture that cannot be loaded leaves an empty square. */
function Picture({ url }: { readonly url: string | null }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (url === null) return null;
  if (broken === url) return <span className="hit-picture" aria-hidden="true" />;
  return (
    <img
      className="hit-picture"
      src={url}
      alt=""
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setBroken(url)}
    />
  );
}
