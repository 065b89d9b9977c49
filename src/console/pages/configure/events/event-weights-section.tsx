// The section for event weights: what each kind of event is worth.
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { memo } from 'react';
import type { EventSummary } from '../../../../contract/event-log.js';
import { formatCount } from '../../../../core/format-count.js';
import { useEventSummary } from '../../../api/catalog.js';
import { IconPlus } from '../../../components/icons.js';
import { WeightList } from '../../../components/inputs/weight-list.js';
import { SectionCard } from '../../../components/layout/section-card.js';
import { leftOf } from '../../../lib/model/balance-weights.js';
import { findingAt, findingUnder } from '../../../lib/model/findings.js';
import type { SectionProps } from '../section-props.js';
import { EventPicker } from './event-picker.js';
import { arrived } from './event-suggestions.js';

export const EventWeightsSection = memo(function EventWeightsSection(props: SectionProps<'eventWeights'>) {
  const { value, onEdit, findings, disabled } = props;
  const { data: summary } = useEventSummary();
  const [picking, { open, close }] = useDisclosure();
  const listed = value.map(({ event }) => event);
  return (
    <SectionCard
      id="events"
      title="Event weights"
      description="What a purchase, a cart, a view and your own events say about taste. What costs the shopper most says most. Clicks count as views unless they are listed; removals take away what was given."
      error={findingAt(findings, 'eventWeights')}
    >
      <WeightList
        label="Event weights"
        rows={value.map(({ event, weight }) => ({ name: event, weight }))}
        onChange={(rows) =>
          onEdit('eventWeights', () => rows.map(({ name, weight }) => ({ event: name, weight })))
        }
        noteOf={(name) => noteOf(summary, name, listed)}
        findingOf={(index) => findingUnder(findings, `eventWeights.${index}`)}
        disabled={disabled}
      >
        <Button
          variant="light"
          size="sm"
          leftSection={<IconPlus size={16} />}
          disabled={disabled}
          onClick={open}
        >
          Add event
        </Button>
      </WeightList>
      {picking && (
        <EventPicker
          byAction={summary?.byAction ?? null}
          listed={listed}
          onAdd={(event) =>
            onEdit('eventWeights', (events) => [...events, { event, weight: Math.max(0, leftOf(events)) }])
          }
          onClose={close}
        />
      )}
    </SectionCard>
  );
});

function noteOf(
  summary: EventSummary | null | undefined,
  name: string,
  listed: readonly string[],
): string | null {
  if (!summary) return null;
  const { events, clicks } = arrived(summary.byAction, name, listed);
  if (events === 0) return 'none arrived: its weight does nothing';
  const ofClicks = clicks > 0 ? `, ${formatCount(clicks, 'click')} among them` : '';
  return `${formatCount(events, 'event')} arrived in all, of anybody and at any time${ofClicks}`;
}
