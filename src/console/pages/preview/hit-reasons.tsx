// Why a product stands where it stands in a list of the preview: its whole factor, one sentence, and all reasons behind it.
import { Anchor, Text } from '@mantine/core';
import { use } from 'react';
import type { PersonalizedHit, ShownReason } from '../../../contract/preview.js';
import { reasonWords } from '../../../core/explain/because.js';
import { factorText } from '../../lib/words/boost-words.js';
import { SwitchOff } from './switched-off.js';

interface HitReasonsProps {
  readonly hit: Pick<PersonalizedHit, 'id' | 'boost' | 'relative' | 'reasons' | 'sentence'>;
  /** products of the list that the reasons are told against */
  readonly among: number;
  /** whether all reasons are open from the start */
  readonly open: boolean;
}

export function HitReasons({
  hit: { id, boost, relative, reasons, sentence },
  among,
  open,
}: HitReasonsProps) {
  if (sentence === undefined) return null;
  return (
    <div className="hit-reasons">
      <Text size="xs" component="p" m={0}>
        <span className="name">{sentence}</span>
      </Text>
      {reasons.length > 0 && (
        <details open={open}>
          <Text size="xs" c="dimmed" component="summary">
            All reasons
          </Text>
          <Text size="xs" c="dimmed">
            Its score is multiplied by {factorText(boost)}: {factorText(relative)} of what the {among}{' '}
            products of this list get on average. Each reason is told against these {among}: among others the
            same product may have other reasons.
          </Text>
          <ul>
            {reasons.map((reason) => (
              <li key={`${reason.cause} ${reason.field ?? ''}`}>
                <Text span size="xs" fw={700} className={reason.factor >= 1 ? 'tone-good' : 'tone-bad'}>
                  {factorText(reason.factor)}
                </Text>{' '}
                <Text span size="xs" className="name">
                  {reasonWords(reason)}
                </Text>{' '}
                <LeaveOut reason={reason} product={id} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface LeaveOutProps {
  readonly reason: ShownReason;
  readonly product: string;
}

/** The name that a search says, and the limit, cannot be left out. */
function LeaveOut({ reason: { cause, field }, product }: LeaveOutProps) {
  const switchOff = use(SwitchOff);
  if (cause === 'named' || cause === 'limit') return null;
  const left = cause === 'field' ? { field: field ?? '' } : { product: cause };
  return (
    <Anchor component="button" type="button" size="xs" onClick={() => switchOff(left, product)}>
      See without
    </Anchor>
  );
}
