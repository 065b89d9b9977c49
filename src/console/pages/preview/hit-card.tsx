// One product in a list of the preview: its rank, how far it moved, and the boosts that moved it.
import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { BaselineHit, PersonalizedHit } from '../../../contract/preview.js';
import { affinityWords, factorText, moveOf, strongestFirst } from '../../lib/words/boost-words.js';

/** Boosts that are shown, unless all are wanted. */
const SHOWN_REASONS = 3;

interface HitCardProps {
  readonly hit: BaselineHit & Partial<PersonalizedHit>;
  readonly rank: number;
  readonly allReasons: boolean;
  /** shown besides title and id */
  readonly fields: readonly string[];
  /** this product is pointed at, here or in another list */
  readonly marked: boolean;
  readonly onClick: () => void;
  readonly onMark: (marked: boolean) => void;
}

/** A click on it is an event of the simulated session. */
export function HitCard({ hit, rank, allReasons, fields, marked, onClick, onMark }: HitCardProps) {
  const move = hit.rank === undefined ? null : moveOf(hit.rank, hit.rank_without ?? null);
  const reasons = strongestFirst(hit.affinities ?? []);
  const shown = allReasons ? reasons : reasons.slice(0, SHOWN_REASONS);
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
          <Text size="sm" fw={600} className="name two-lines hit-title">
            {hit.title || hit.id}
          </Text>
          <Text size="xs" c="dimmed" className="name hit-facts">
            {[
              hit.id,
              ...fields.flatMap((field) => (hit.fields[field] ? [`${field} ${hit.fields[field]}`] : [])),
            ].join(' · ')}
          </Text>
          {shown.length > 0 && (
            <Group gap={4} mt={4}>
              {shown.map((affinity) => (
                <Badge
                  key={`${affinity.field} ${affinity.value} ${affinity.product ?? ''}`}
                  size="sm"
                  variant="light"
                  color={affinity.factor >= 1 ? 'teal' : 'gray'}
                  className="affinity-chip"
                >
                  <span className="name">{affinityWords(affinity)}</span> {factorText(affinity.factor)}
                </Badge>
              ))}
              {reasons.length > shown.length && (
                <Text span size="xs" c="dimmed">
                  +{reasons.length - shown.length}
                </Text>
              )}
            </Group>
          )}
        </div>
      </UnstyledButton>
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
